"""Lists of records: read for a viewer, a page at a time; a child is a link by its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, Select

from charts.tables import link
from data_access.guard.asked import AS_LISTED, Asked
from data_access.guard.listed import Listed
from data_access.guard.open_rows import Restricted
from data_access.viewer import read_records
from meeting.published.frozen import Frozen, frozen_rows
from meeting.published.people import rows_with_names
from metrics.handing_on.waiting import TRANSFER_LISTS
from metrics.kept_rows import COUNTED_FIRST
from metrics.lists.recording_lists import RECORDING_LISTS
from metrics.lists.running_clocks import HELD_BY_WORKER, RUNNING_CLOCKS
from metrics.lists.running_reviews import (
    FIGURE_OF,
    RUNNING_REVIEWS,
    reviews_to_hold,
    why_not_told,
)
from metrics.lists.work_lists import (
    held_by_worker,
    of_plan,
    of_worker,
    work_in_state,
    work_now,
)
from metrics.rows_behind import rows_listed
from ui.address import Address, WrongAddress
from ui.codes import NO_WORKER, children, nowhere, workers_of
from ui.listing.proposed import has_proposals, proposed_to
from ui.session import Page

ROWS_SHOWN = 200
# What an address calls the list that a search has found: it is never read again.
SEARCHED = "search"
# A list of a unit of some hundred children is shown whole; of one that nobody works through at
# once, the first rows: one worker's or one plan's list is shorter.
WHOLE_UP_TO, FIRST_ROWS = 100, 25
NAME_HIDDEN = "Name not shown"
RESTRICTED, RESTRICTED_PART = "Restricted record", "Restricted records"
SET_APART = "What restricted records say is told to nobody but those who may see them."
NOT_IN_THE_UNIT = (
    "The worker whom this link was made for holds no child of the unit now, or is not open to you."
)

NONE_OPEN = "None of these rows is open to you."
PART_OF_THE_ROWS = (
    "Only rows that are open to you are listed: the figures count others too, so these don’t add"
    " up to them."
)


@dataclass(frozen=True)
class Listing:
    """An ordered list of records: its query, its order, and where its rows are in an address."""

    query: Select
    order_by: tuple[str, ...]
    address_parts: Mapping[str, object]

    def rows(
        self, page: Page, limit: int | None, offset: int = 0, asked: Asked = AS_LISTED
    ) -> Listed[Row]:
        return self._read(page, self.query, limit, offset, asked)

    def rows_of_child(self, page: Page, child_id: str) -> Listed[Row]:
        """The rows of the list that are about one child."""
        return self._read(page, self.query.where(self.query.selected_columns.child_id == child_id))

    def _read(
        self,
        page: Page,
        query: Select,
        limit: int | None = None,
        offset: int = 0,
        asked: Asked = AS_LISTED,
    ) -> Listed[Row]:
        return read_records(
            page.engine,
            query,
            page.viewer,
            self.order_by,
            limit=limit,
            offset=offset,
            restricted=Restricted.COUNTED,
            asked=asked,
        )


@dataclass(frozen=True)
class FrozenListing:
    """The rows behind a published figure, named as far as one may see.

    They stand in the order published, whatever is asked: the store has no names to order by.
    """

    frozen: Frozen
    address_parts: Mapping[str, object]

    def rows(
        self, page: Page, limit: int | None, offset: int = 0, _asked: Asked = AS_LISTED
    ) -> Listed[Any]:
        return self._read(page, limit, offset)

    def rows_of_child(self, page: Page, child_id: str) -> Listed[Any]:
        """The published rows of the list that are about one child."""
        return self._read(page, None, 0, child_id)

    def _read(
        self, page: Page, limit: int | None, offset: int, child_id: str | None = None
    ) -> Listed[Any]:
        store, address = page.published.store, page.address
        assert store is not None, "what is shown as published was read from the store"
        publication = self.frozen.publication
        place = (publication, address.metric, address.view, page.viewer)
        rows = frozen_rows(store, page.engine, *place, limit, offset, child_id)
        named = rows_with_names(page.engine, rows, page.figures.units, page.viewer)
        return Listed(named, rows.has_more)


def rows_left_out(page: Page) -> Markup:
    """That a list is shorter than its figure says, where some of its rows are not open."""
    if page.shows_every_row:
        return Markup("")
    return Markup('<p class="cs-note">{}</p>').format(PART_OF_THE_ROWS)


def no_rows(page: Page) -> Markup:
    """In place of a list without a row: there is none, or none that is open to the viewer."""
    return Markup("<p>{}</p>").format("None." if page.shows_every_row else NONE_OPEN)


def figure_list(page: Page) -> Listing | FrozenListing:
    """The rows behind a figure: those that add to its numerator first, then by unit and name."""
    address = page.address
    address_parts = {"metric": address.metric.key, **address.unit}
    if page.shown:
        return FrozenListing(page.shown, address_parts)
    return Listing(
        rows_listed(address.metric, address.view, page.basis), COUNTED_FIRST, address_parts
    )


WORKLISTS = ("overdue", "no_record_yet", "due_soon")
# What an address calls the lists of reviews, and in which state those are that stand in each.
REVIEW_LISTS = {"review_overdue": "overdue", "review_due_soon": "due_soon"}


def workers(page: Page) -> Sequence[Row]:
    """Who holds the unit's children, in order of name; a row without a worker: nobody.

    One more than a list shows whole, unless all are asked for or one of them is chosen.
    """
    address = page.address
    query = held_by_worker(page.basis, address.view.scope)
    limit = None if address.whole or address.worker else WHOLE_UP_TO + 1
    return read_records(page.engine, query, page.viewer, HELD_BY_WORKER.listed_by, limit)


def worker_named(page: Page, held: Sequence[Row]) -> Row:
    """Whom of the unit's workers the address's code names; a row without a worker: nobody."""
    codes = workers_of(page, (row.worker_id for row in held))
    worker_id = codes.whose(page.address.worker or "")
    if worker_id is None:
        raise nowhere(page, NOT_IN_THE_UNIT)
    return next(row for row in held if (row.worker_id or NO_WORKER) == worker_id)


def work_of(page: Page, held: Sequence[Row]) -> Select:
    """What the address's unit has to do, narrowed to the worker and the plan that it names."""
    address = page.address
    work = of_plan(work_now(page.basis, address.view.scope), address.plan)
    if address.worker is None:
        return work
    return of_worker(work, worker_named(page, held).worker_id)


def worklist(page: Page, name: str, work: Select) -> Listing:
    """One list of the unit's work, the earliest due date first."""
    address_parts = {"list": name, **page.address.unit, **narrowing_parts(page.address)}
    return Listing(work_in_state(work, name), RUNNING_CLOCKS.listed_by, address_parts)


def reviews_of(page: Page, held: Sequence[Row]) -> Select:
    """The reviews that the address's unit has to hold, narrowed as `work_of` is."""
    address, untold = page.address, why_not_told(page.live.load)
    kinds = [kind for kind in FIGURE_OF if kind not in untold]
    reviews = of_plan(reviews_to_hold(page.basis, address.view.scope, kinds), address.plan)
    if address.worker is None:
        return reviews
    return of_worker(reviews, worker_named(page, held).worker_id)


def review_list(page: Page, name: str, held: Sequence[Row]) -> Listing:
    """One list of the reviews to be held, the earliest due date first."""
    address_parts = {"list": name, **page.address.unit, **narrowing_parts(page.address)}
    rows = work_in_state(reviews_of(page, held), REVIEW_LISTS[name])
    return Listing(rows, RUNNING_REVIEWS.listed_by, address_parts)


def narrowing_parts(address: Address) -> dict[str, object]:
    """How an address says which worker's and which plan's work it is narrowed to."""
    return {"plan": address.plan, "worker": address.worker}


OF_OTHER_PAGES = {**RECORDING_LISTS, **TRANSFER_LISTS}


def query_list(page: Page, name: str) -> Listing:
    """A list of the pages Recording and Transfers, of the address's unit and month."""
    query, order_by = OF_OTHER_PAGES[name]
    parts = {"list": name, **page.address.unit}
    if has_proposals(page, name):
        return Listing(proposed_to(page, name, page.viewer), order_by, parts)
    return Listing(query(page.basis, page.address.view), order_by, parts)


def listing(page: Page) -> Listing | FrozenListing:
    """The list that the address names, else the rows behind the metric's figure."""
    name = page.address.worklist
    if name is None:
        return figure_list(page)
    if name in OF_OTHER_PAGES:
        return query_list(page, name)
    held = () if page.address.worker is None else workers(page)
    if name in REVIEW_LISTS:
        return review_list(page, name, held)
    if name in WORKLISTS:
        return worklist(page, name, work_of(page, held))
    known = ", ".join((*WORKLISTS, *REVIEW_LISTS, *OF_OTHER_PAGES))
    raise WrongAddress(f"There is no work list of this name; there are {known}.")


def child_link(page: Page, address_parts: Mapping[str, object], row: Any) -> object:
    """The child's name as a link to the child, who is told only by a code."""
    if row.child_id is None:
        return None
    code = children(page).code_of(row.child_id)
    where = page.address.link("child", **address_parts, child=code)
    return link(where, RESTRICTED if row.is_closed else row.child_name or NAME_HIDDEN)

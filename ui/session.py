"""Streamlit's side: who looks, and at what. Every page's first line opens it here."""

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from access.audit.events import What
from access.audit.witness import Shown, Witness
from charts.palette import style_sheet
from data_access.problems import NotAllowed, Problem
from data_access.settings import Settings
from data_access.viewer import Act, Viewer
from meeting.address_codes import Codes
from meeting.published.frozen import Frozen
from metrics.figures import Figures
from metrics.model import Basis
from ui import acts, frame, guard, kept
from ui.address import Address, WrongAddress, read_address, unit_named
from ui.arriving import go_to_first_page, refused, with_unit
from ui.pages import PAGES
from ui.published_months import Published, as_at, standing_line, trouble
from ui.turning.typed import turned_to
from ui.who import NOBODY, Looking, who_looks, who_still_looks

THEME, SMALL = Path(__file__).parent / "theme.css", Path(__file__).parent / "small_screens.css"
COLOURS = f"<style>{style_sheet()}</style>"
MISTAKE = (
    "ChildStat made a mistake on this page; its log says where. Nothing was changed."
    " Please tell whoever looks after ChildStat."
)
# What a read of records means for the child, by page; elsewhere it is one of a list.
WHAT_IS_SHOWN = {"child": What.OPENED_CHILD, "room": What.MEETING_SHOWN}
Cached = TypeVar("Cached")
Opened = TypeVar("Opened")
log = logging.getLogger("childstat")


@dataclass(frozen=True)
class Page:
    """One opening of one page: the place, the figures, and who looks."""

    name: str
    address: Address
    figures: Figures
    live: Figures
    engine: Engine
    viewer: Viewer
    looking: Looking
    published: Published
    version: str
    loaded: str  # changes with every load
    started: float
    # Lists ask for the same codes in every row, and each time to find them takes longer than a row.
    codes: dict[str, Codes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def shown(self) -> Frozen | None:
        """The published month that this page shows; None where it shows what is known now."""
        return None if self.address.known_now else self.published.of(self.address.view.period)

    @property
    def basis(self) -> Basis:
        return Basis(self.live.settings, self.live.load.as_at)

    def may(self, act: Act) -> bool:
        """Whether the viewer may do this: else its form is not there, with a word why."""
        return acts.may(self.viewer, act)

    @property
    def shows_every_row(self) -> bool:
        """Whether every row behind the figure shown is open to the viewer."""
        return guard.sees_rows_of(self.viewer, self.address.view)

    def anew(self) -> "Page":
        """This page for a file asked for later; refused where what is open has changed since."""
        looking = who_still_looks(self.looking)
        if looking.viewer != self.looking.viewer:
            raise NotAllowed("What is open to you has changed: open the page again.")
        shown = _shown(self.name, self.address, What.EXPORTED)
        return replace(self, viewer=looking.witnessed(shown), looking=looking)

    def note(self, what: What, **said: object) -> None:
        """Writes down what the viewer does, where people sign in: before it is done."""
        where = {"metric": _metric_of(self.address), "unit": self.address.view.scope.unit_id}
        self.looking.note(what, self.name, **{**where, **said})

    def witnessed_together(self) -> AbstractContextManager[None]:
        """One event for all records read in the block, where each would be one of its own.

        Nothing may be drawn within it: the event is written when it ends.
        """
        witness = self.viewer.witness
        return witness.together() if isinstance(witness, Witness) else nullcontext()

    def header(self) -> Markup:
        day = as_at(self.name, self.address, self.figures)
        standing = standing_line(self.name, self.address, self.figures, self.published, self.live)
        place = (self.name, self.address, self.figures, self.looking)
        head = frame.header(*place, day, standing, self.published.frozen)
        known = self.figures if PAGES[self.name].has_months else self.live
        doubts = frame.doubts(known.doubts(self.address.view.period))
        return Markup("{}{}{}").format(head, doubts, trouble(self.published))

    def cached(self, part: Callable[[Address, Figures], Cached]) -> Cached:
        """`part` of this page, made once for each place: only of figures, never of records."""
        return self.cached_as(part, lambda: part(self.address, self.figures))

    def cached_as(self, part: Callable, make: Callable[[], Cached], *made_of: object) -> Cached:
        """What `make` gives, made once for each place and known by the name of `part`.

        `made_of` is what else it is made of, beside the figures and the place.
        """
        address = self.address
        place = (address.view, address.metric.key, address.known_on, address.board)
        name = repr((part.__module__, part.__qualname__, *place, *made_of))
        return kept.made_once(name, self.version, make)

    def draw(self, *parts: Markup) -> None:
        """One element of HTML; it carries the server's milliseconds up to here."""
        draw(self.name, parts, self.started)


def unbroken(html: Markup) -> Markup:
    """Lines never break between the thousands of a number, whenever its words were written."""
    return Markup(html.replace("\u2009", "\u202f"))


def draw(name: str, parts: tuple[Markup, ...], started: float) -> None:
    """Puts HTML on the page: text that is not Markup, so not known to be escaped, is escaped."""
    spent = f"{(perf_counter() - started) * 1000:.1f}"
    st.html(
        Markup('<div class="cs cs-page-{}" data-server-ms="{}">{}</div>').format(
            name, spent, unbroken(Markup("").join(parts))
        )
    )


@contextmanager
def open_page(name: str) -> Iterator[Page]:
    """The guard: nothing of a page runs before who looks, the data and the address are known."""
    with guarded(name, _opened) as page:
        yield page


@contextmanager
def guarded(
    name: str, opened: Callable[[str, Settings, Looking, float], Opened]
) -> Iterator[Opened]:
    """What `opened` gives for who looks; whatever is wrong is told in one sentence instead."""
    started, looking = perf_counter(), NOBODY
    turned_to(name)
    st.set_page_config(page_title=frame.bare_title(name), layout="wide")
    st.html(COLOURS)
    st.html(THEME)
    st.html(SMALL)
    try:
        settings = kept.settings_now()
        looking = who_looks(settings)
        go_to_first_page(name, looking)
        yield opened(name, settings, looking, started)
    except WrongAddress as wrong:
        _tell(str(wrong), {**wrong.choices, **guard.ways_out(looking)}, looking, started)
    except NotAllowed as refusal:
        ways = guard.closer_look(looking.viewer, refusal) | guard.open_pages(looking)
        _tell(refused(name, looking, refusal), ways, looking, started)
    except Problem as problem:
        _tell(str(problem), guard.ways_out(looking), looking, started)
    except Exception as mistake:  # noqa: BLE001  a stack trace could show a child's data
        _note(mistake)
        _tell(MISTAKE, guard.ways_out(looking), looking, started)


def _tell(sentence: str, choices: Mapping[str, str], looking: Looking, started: float) -> None:
    draw("fault", (frame.fault(sentence, choices, looking),), started)
    st.stop()


def _note(mistake: Exception) -> None:
    """Where it happened, and never the values: they may be a child's."""
    place = traceback.extract_tb(mistake.__traceback__)[-1]
    log.error("%s at %s:%s", type(mistake).__name__, place.filename, place.lineno)


def _opened(name: str, settings: Settings, looking: Looking, started: float) -> Page:
    guard.refuse_closed_page(name, looking)
    served = kept.served_to(settings, looking.viewer.figures)
    query = with_unit(name, st.query_params.to_dict(), looking, served.every_unit)
    unit_id = unit_named(query)
    if unit_id in served.every_unit:
        guard.refuse_closed_unit(name, looking.viewer, unit_id, unit_id in served.frozen.units)
    figures = served.live if "known" in query else served.frozen
    address = read_address(query, figures)
    _refuse_day(name, address)
    st.set_page_config(page_title=frame.tab_title(name, address, figures))
    return Page(
        name,
        address,
        figures,
        served.live,
        served.engine,
        looking.witnessed(_shown(name, address, WHAT_IS_SHOWN.get(name, What.LISTED))),
        looking,
        served.published,
        f"{served.version} {address.known_now}",
        served.loaded,
        started,
    )


def _refuse_day(name: str, address: Address) -> None:
    """Refuses a day on a page that would pass over it, and show what is known now."""
    if address.known_on and not PAGES[name].of_a_day:
        then = address.link("metric", known=address.known_on, metric=address.metric.key)
        raise WrongAddress(
            "This page shows what is known now, and not what was known on a day. Metric does, of"
            " visits.",
            {"Metric, as it was known then": then, "This page as known now": address.link(name)},
        )


def _shown(name: str, address: Address, what: What) -> Shown:
    return Shown(name, what, _metric_of(address), address.view.scope.unit_id)


def _metric_of(address: Address) -> str | None:
    return address.metric.key if address.names_metric else None

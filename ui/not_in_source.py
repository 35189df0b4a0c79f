"""What a page says in place of a table, chart or list that would count what nobody supplied."""

from markupsafe import Markup

from data_access.database import read
from metrics.catalogue import work_list_metric
from metrics.lists.work_lists import what_work_needs
from metrics.stored.history import NOT_ENOUGH
from ui.session import Page


def why_not(*reasons: str | None) -> Markup:
    """The reasons that there are, each once; nothing where there is none.

    What is held for too short a time is in the source: of that the reason alone is said.
    """
    told = dict.fromkeys(filter(None, reasons))
    too_early = [reason for reason in told if reason.startswith(NOT_ENOUGH)]
    missing = [reason for reason in told if reason not in too_early]
    said = " ".join([*["Not in this source:"] * bool(missing), *missing, *too_early])
    return Markup('<p class="cs-note">{}</p>').format(said) if said else Markup()


def why_no_work(page: Page) -> Markup:
    """Why nobody can tell whose visit is due: no plan, or no visit at all, is in the data.

    Nothing where there are some, though the source may not support the month's figure.
    """
    reason = why_not(page.live.load.not_in_source.get(work_list_metric().key))
    if not reason:
        return reason
    needs = page.cached_as(why_no_work, lambda: read(page.engine, what_work_needs())[0])
    return Markup("") if needs.has_visits and needs.has_plans else reason

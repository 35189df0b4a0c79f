"""Who waits for a unit with what the rules propose, as far as the viewer may know of both."""

from sqlalchemy import Select, inspect

from data_access.guard.of_figures import as_for_all, how_many_closed
from data_access.schema import segment_proposal
from data_access.viewer import Viewer, visible
from metrics.handing_on.proposed import WAITING_FOR_ONE, proposals_today, with_proposals
from ui.session import Page


def has_proposals(page: Page, state: str) -> bool:
    """Whether rules are in force for who waits so, and proposals were derived with these data."""
    if state not in WAITING_FOR_ONE:
        return False
    in_force = page.live.settings.segments.on(page.live.load.as_at)
    return bool(in_force) and inspect(page.engine).has_table(segment_proposal.name)


def proposed_to(page: Page, state: str, viewer: Viewer) -> Select:
    """The rows, for the guard to look at: each with its family's proposal where that is open.

    A family with a restricted child is closed as a whole, and so is what is proposed for it.
    """
    open_proposals = visible(proposals_today(page.basis), viewer)
    return with_proposals(state, page.basis, page.address.view, open_proposals)


def closed_and_proposed(page: Page, state: str) -> int | None:
    """How many wait in units that are closed to the viewer and are for the address's unit.

    None where that is not told: see `how_many_closed`.
    """
    scope = page.address.view.scope
    if scope.is_service or scope.unit_id is None:
        return 0
    rows = proposed_to(page, state, as_for_all(page.viewer))
    here = rows.where(rows.selected_columns.proposed_unit == scope.unit_id)
    return how_many_closed(page.engine, here, page.viewer)

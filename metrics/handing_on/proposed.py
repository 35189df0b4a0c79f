"""For which unit the rules propose the family of who waits, where both are open to the viewer."""

from sqlalchemy import ColumnElement, FromClause, Select, case, func, or_, select

from data_access.schema import child, unit
from metrics.handing_on.waiting import BEING_ASSESSED, TO_TRANSFER, in_state
from metrics.model import Basis, Scope, View
from metrics.segments.judging import Outcome
from metrics.segments.listed import is_of_family, proposals
from metrics.segments.words import NO_UNIT, NOT_YET

# Who is co-worked has a unit; of the others the meeting decides.
WAITING_FOR_ONE = (TO_TRANSFER, BEING_ASSESSED)


def proposals_today(basis: Basis) -> Select:
    """The proposal of every open family on the data's last day, for the guard to look at."""
    return proposals(basis.as_at, Scope())


def with_proposals(state: str, basis: Basis, view: View, open_proposals: Select) -> Select:
    """The rows of `in_state` with what the rules say of each one's family.

    `open_proposals` are `proposals_today` as far as the guard has let them through.
    `proposed_for`, in words: the unit's name, that there is none, or that nobody can say yet; NULL
    where no proposal is open. `proposed_unit`; `child_ids`, on whom the proposal rests, in JSON.
    Of one unit also who waits elsewhere and is proposed for it.
    """
    waits = in_state(state, basis, View(view.period)).subquery()
    told, to = open_proposals.subquery(), unit.alias("proposed")
    of_family = is_of_family(told, waits.c.child_id, child.c.family_id)
    joined = (
        waits.outerjoin(child, child.c.child_id == waits.c.child_id)
        .outerjoin(told, of_family)
        .outerjoin(to, to.c.unit_id == told.c.proposed_unit)
    )
    words = _in_words(told, to).label("proposed_for")
    return (
        select(*waits.c, words, told.c.proposed_unit, told.c.child_ids)
        .select_from(joined)
        .where(_is_of(view.scope, waits.c.unit_id, told.c.proposed_unit))
    )


def _in_words(told: FromClause, to: FromClause) -> ColumnElement[str]:
    return case(
        (told.c.outcome == Outcome.FITS, func.coalesce(to.c.name, told.c.proposed_unit)),
        (told.c.outcome == Outcome.NO_FIT, NO_UNIT),
        (told.c.outcome == Outcome.NOT_ASSESSED, NOT_YET),
    )


def _is_of(scope: Scope, held_by: ColumnElement, proposed: ColumnElement) -> ColumnElement[bool]:
    """Whom the unit holds or is proposed; of no unit nobody is."""
    is_held = scope.holds(held_by)
    if scope.is_service or scope.unit_id is None:
        return is_held
    return or_(is_held, proposed == scope.unit_id)

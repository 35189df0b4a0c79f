"""Among whom a case is drawn: children held today, by unit, kind of plan and a stated rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, select, true

from data_access.due.states import OVERDUE
from data_access.relations import first_of_each, leads_on
from data_access.schema import allocation, scale_score
from data_access.settings import Settings
from metrics.lists.running_clocks import HELD_NOW, RUNNING_CLOCKS
from metrics.model import Basis, Scope, months_before

MONTHS_UNCHANGED = 6
# Besides the scale of distance travelled, the one that some councils keep of danger alone.
DANGER = "danger"


@dataclass(frozen=True)
class FrameRule:
    """Which of the children held today: in words, and as a condition on the rows of `held`."""

    words: str
    holds: Callable[[FromClause, Basis], ColumnElement[bool]]


def frame_rules(settings: Settings) -> Mapping[str, FrameRule]:
    """The rules that a frame may be made by, by the key that the store keeps."""
    scales = dict.fromkeys((DANGER, settings.scale))
    return {
        "any": FrameRule("any child held today", lambda _held, _basis: true()),
        **{
            f"unchanged_{scale}": FrameRule(
                f"no change on the {scale} scale for {MONTHS_UNCHANGED} months", _unchanged(scale)
            )
            for scale in scales
        },
        "not_scored": FrameRule(
            f"no score on the {settings.scale} scale for {MONTHS_UNCHANGED} months", _not_scored
        ),
        "overdue": FrameRule("a visit is overdue and nothing is recorded", _overdue),
    }


def children_in(frame: Mapping[str, str | None], scope: Scope, basis: Basis) -> Select:
    """One row per child of the frame: unit_id, child_id. `frame` names a plan and a rule.

    A child is in the unit that holds it as lead today, and counts by its highest status today.
    """
    held = HELD_NOW.table(basis.settings)
    rule = frame_rules(basis.settings)[frame["rule"] or "any"]
    children = select(held.c.unit_id, held.c.child_id).where(
        rule.holds(held, basis), scope.holds(held.c.unit_id)
    )
    return children.where(held.c.status == frame["plan"]) if frame.get("plan") else children


def _unchanged(scale: str) -> Callable[[FromClause, Basis], ColumnElement[bool]]:
    """Scored by the day six months ago, and never otherwise since; held then as now.

    Scores are the configured rater's. Of several on one day the one whose id sorts last counts.
    """

    def holds(held: FromClause, basis: Basis) -> ColumnElement[bool]:
        since = months_before(basis.as_at, MONTHS_UNCHANGED)
        before, after = _score_on(scale, since, basis), scale_score.alias("after")
        return and_(
            _held_on(held, since),
            exists()
            .where(before.c.child_id == held.c.child_id)
            .where(
                ~exists()
                .where(after.c.child_id == before.c.child_id)
                .where(after.c.scale == scale, after.c.rater == basis.settings.rater)
                .where(after.c.scored_on > since, after.c.scored_on <= basis.as_at)
                .where(after.c.score != before.c.score)
                .correlate(before)
            )
            .correlate(held),
        )

    return holds


def _score_on(scale: str, day: date, basis: Basis) -> FromClause:
    """One row per child with a score by the day: child_id, the last score."""
    score = scale_score.c
    scored = select(score.child_id, score.score).where(
        score.scale == scale, score.rater == basis.settings.rater, score.scored_on <= day
    )
    latest_first = (score.scored_on.desc(), score.scale_score_id.desc())
    return first_of_each(scored, (score.child_id,), latest_first)


def _not_scored(held: FromClause, basis: Basis) -> ColumnElement[bool]:
    """Held six months ago as now, and no score of the configured scale and rater since."""
    since, score = months_before(basis.as_at, MONTHS_UNCHANGED), scale_score.c
    scored = (
        exists()
        .where(score.child_id == held.c.child_id)
        .where(score.scale == basis.settings.scale, score.rater == basis.settings.rater)
        .where(score.scored_on > since, score.scored_on <= basis.as_at)
        .correlate(held)
    )
    return and_(_held_on(held, since), ~scored)


def _overdue(held: FromClause, basis: Basis) -> ColumnElement[bool]:
    running = RUNNING_CLOCKS.table(basis.settings)
    return (
        exists()
        .where(running.c.child_id == held.c.child_id, running.c.state == OVERDUE)
        .correlate(held)
    )


def _held_on(held: FromClause, day: date) -> ColumnElement[bool]:
    then = allocation.alias("then")
    return exists().where(then.c.child_id == held.c.child_id, leads_on(day, then)).correlate(held)

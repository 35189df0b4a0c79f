"""One child's journey: what happened, when, with whom.

Every row carries a unit, so that it can be denied. A child is open to whoever may see any unit
that has held the child as lead: `about` has a row for each such unit, with a NULL unit for a child
that no unit has held. The parts are asked for by an `Opened`: a child and a unit in a row of
`about` that the viewer was given; they carry that unit.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Subquery,
    Table,
    and_,
    case,
    func,
    literal,
    select,
    true,
)

from data_access.due.clocks import child_was_seen
from data_access.due.states import is_missed
from data_access.relations import ends_after, years_old
from data_access.schema import (
    allocation,
    child,
    missing_episode,
    placement,
    scale_score,
    status_spell,
    unit,
    visit,
    visit_due,
    visit_interval,
    worker,
)
from metrics.lists.listed_overdue import LISTED_OVERDUE
from metrics.lists.opened import Opened, through
from metrics.lists.running_clocks import CLOCK
from metrics.model import Basis

AWAY_WORDS = {"M": "missing", "A": "away without authorisation"}
# Clocks are told in the order of their columns.
IN_ORDER_OF = ("clock_started_on", "due_on", "standard_due_on", "lawful_due_on", "visited_on")


def about(child_id: str, basis: Basis) -> Select:
    """One row per unit that has held the child: child_name, born_on, age, restricted, siblings.

    `age` is worked out here for those who may see an age and no date of birth.
    `siblings`, how many other children share the family, is 0 where the source names no family;
    `family_is_known` tells the two apart.
    """
    others = child.alias("others")
    # Asked by the family and not by each row: joined to every child it takes four times as long.
    family = select(child.c.family_id).where(child.c.child_id == child_id).scalar_subquery()
    siblings = (
        select(func.count())
        .where(others.c.family_id == family)
        .where(others.c.child_id != child_id)
        .scalar_subquery()
    )
    held_by = _held_by(child_id)
    return (
        select(
            held_by.c.unit_id,
            child.c.child_id,
            child.c.name.label("child_name"),
            child.c.born_on,
            years_old(child.c.born_on, literal(basis.as_at, Date)).label("age"),
            child.c.restricted,
            child.c.family_id.is_not(None).label("family_is_known"),
            siblings.label("siblings"),
        )
        .select_from(child.join(held_by, true()))
        .where(child.c.child_id == child_id)
    )


def statuses(opened: Opened, basis: Basis) -> Select:
    """One row per status while it lasted, begun by today: started_on, ended_on, status."""
    return _spells(opened, basis, status_spell, status_spell.c.status)


def allocations(opened: Opened, basis: Basis) -> Select:
    """One row per allocation begun by today: started_on, ended_on, held_by, worker_name, lead."""
    held = allocation.c
    joined = allocation.outerjoin(unit, unit.c.unit_id == held.unit_id).outerjoin(
        worker, worker.c.worker_id == held.worker_id
    )
    return through(
        opened,
        joined,
        held.child_id,
        held.started_on,
        held.ended_on,
        unit.c.name.label("held_by"),
        worker.c.name.label("worker_name"),
        held.lead,
        held.allocation_id,
    ).where(held.started_on <= basis.as_at)


def visits(opened: Opened, basis: Basis) -> Select:
    """One row per visit or attempt by today: visited_on, recorded_on, kind, seen, seen_alone.

    `seen` is what the source says, NULL where it doesn't; `was_seen` whether it counts as a visit.
    """
    made = visit.c
    return through(
        opened,
        visit.outerjoin(worker, worker.c.worker_id == made.worker_id),
        made.child_id,
        made.visited_on,
        made.recorded_on,
        made.kind,
        made.seen,
        child_was_seen().label("was_seen"),
        made.seen_alone,
        worker.c.name.label("worker_name"),
        made.visit_id,
    ).where(made.visited_on <= basis.as_at)


def scores(opened: Opened, basis: Basis) -> Select:
    """One row per scale score by today: scored_on, scale, rater, score, which end is best."""
    score = scale_score.c
    return through(
        opened,
        scale_score,
        score.child_id,
        score.scored_on,
        score.scale,
        score.rater,
        score.score,
        score.best,
        score.scale_score_id,
    ).where(score.scored_on <= basis.as_at)


def placements(opened: Opened, basis: Basis) -> Select:
    """One row per placement begun by today: started_on, ended_on, kind in words, long_term.

    A kind that settings have no words for stands as the source has it.
    """
    placed, words = placement.c, dict(basis.settings.placement_words)
    kind = case(words, value=placed.kind, else_=placed.kind) if words else placed.kind
    columns = (kind.label("kind"), placed.long_term, placed.placement_id)
    return _spells(opened, basis, placement, *columns)


def missing_episodes(opened: Opened, basis: Basis) -> Select:
    """One row per time the child was missing, begun by today: started_on, ended_on, kind in words.

    Found on the day on which it went is a row too: both days are one.
    """
    away = missing_episode.c
    kind = case(AWAY_WORDS, value=away.kind, else_="missing or away").label("kind")
    return _spells(opened, basis, missing_episode, kind, away.missing_episode_id)


def agreed_intervals(opened: Opened, basis: Basis) -> Select:
    """One row per agreed visit interval, with who agreed it, why, and whether it is in force."""
    interval = visit_interval.c
    return through(
        opened,
        visit_interval,
        interval.child_id,
        interval.effective_from,
        interval.effective_to,
        interval.kind,
        interval.every,
        interval.period,
        interval.authorised_by,
        interval.reason,
        ends_after(interval.effective_to, basis.as_at).label("is_in_force"),
        interval.visit_interval_id,
    ).where(interval.effective_from <= basis.as_at)


def clocks(opened: Opened, basis: Basis) -> Select:
    """One row per visit due, and per clock that still runs: start, due dates, visited, recorded.

    `is_missed`: due before today and not made by then. `listed_from` and `listed_until`, not
    included: see `listed_overdue`; NULL where never listed.
    """
    clock = visit_due.c
    still_open = ends_after(clock.plan_ended_on, basis.as_at)
    listed = LISTED_OVERDUE.table(basis.settings)
    same_clock = and_(
        listed.c.child_id == clock.child_id,
        listed.c.plan_id == clock.plan_id,
        listed.c.clock_started_on == clock.clock_started_on,
    )
    return through(
        opened,
        visit_due.outerjoin(listed, same_clock),
        clock.child_id,
        *(clock[name] for name in dict.fromkeys((*IN_ORDER_OF, "recorded_on", *CLOCK))),
        and_(clock.visit_id.is_(None), still_open).label("is_running"),
        is_missed(visit_due, basis.as_at).label("is_missed"),
        listed.c.listed_from,
        listed.c.listed_until,
        clock.plan_id,
    )


PARTS: Mapping[str, Callable[[Opened, Basis], Select]] = {
    "statuses": statuses,
    "allocations": allocations,
    "visits": visits,
    "scores": scores,
    "placements": placements,
    "missing_episodes": missing_episodes,
    "agreed_intervals": agreed_intervals,
    "clocks": clocks,
}


def _spells(opened: Opened, basis: Basis, spell: Table, *columns: ColumnElement) -> Select:
    """The children's rows of a table that began by today: started_on, ended_on, then `columns`."""
    days = (spell.c.started_on, spell.c.ended_on)
    told = through(opened, spell, spell.c.child_id, *days, *columns)
    return told.where(spell.c.started_on <= basis.as_at)


def _held_by(child_id: str) -> Subquery:
    """The units that have held the child as lead; a NULL unit where none has."""
    once = select(literal(1).label("once")).subquery()
    held = and_(allocation.c.child_id == child_id, allocation.c.lead.is_(True))
    units = select(allocation.c.unit_id).where(held).distinct().subquery()
    return select(units.c.unit_id).select_from(once.outerjoin(units, true())).subquery()

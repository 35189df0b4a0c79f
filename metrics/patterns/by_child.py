"""A figure cut by what its children are: age band, sex, ethnicity, need, segment. Sums alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    case,
    func,
    literal,
    select,
    union_all,
)

from data_access.code_sets.children import NEED, SEX
from data_access.code_sets.code_set import CodeSet
from data_access.guard.open_rows import restricted_children
from data_access.relations import first_of_each
from data_access.schema import child, referral, segment_proposal
from data_access.settings import Settings
from metrics.explore.cutting import part_of
from metrics.explore.offered import BY_AGE
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Metric, Period, Tally
from metrics.segments.listed import is_of_family

Unit = str | None
MONTHS = 12
NOT_KNOWN = "not known"
NO_CASE, NO_FIT, NOT_ASSESSED = "no open case then", "fits no unit", "not assessed yet"
# The census's own groups (DfE, children in need census guide): single codes are few children.
ETHNIC_GROUPS = {
    "White": ("WBRI", "WIRI", "WIRT", "WROM", "WOTH"),
    "Mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian": ("AIND", "APKN", "ABAN", "AOTH"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Chinese or other": ("CHNE", "OOTH"),
}


@dataclass(frozen=True)
class Cells:
    """By unit ("*" for the service) and part: the figure's sums, and how many children they are.

    `young` are units of which nothing is told yet: see `too_young`.
    """

    tallies: Mapping[tuple[Unit, str], Tally]
    children: Mapping[tuple[Unit, str], int]
    parts: tuple[str, ...]
    young: frozenset[Unit] = frozenset()

    @property
    def units(self) -> list[Unit]:
        """Those with a row, without the service; None for no unit."""
        return list(dict.fromkeys(unit for unit, _ in self.tallies if unit != SERVICE))


@dataclass(frozen=True)
class OfChild:
    """One thing that children are: what pages call it, and the part of a row's child.

    Parts stand in the order of their `place` by code, else of their names.
    """

    name: str
    part: Callable[[FromClause], ColumnElement[Any]]
    names: Callable[[str], str] = str
    place: Callable[[str], int] | None = None


def is_cut(metric: Metric, settings: Settings) -> bool:
    """Whether a figure is a share whose rows are children's."""
    kept = kept_rows_of(metric).table(settings)
    of_children = metric.is_of_children and {"child_id", "unit_id"} <= set(kept.c.keys())
    return metric.measure.is_share and of_children


def months_cut(metric: Metric, month: Period) -> list[Period]:
    """Twelve months to this one where they add up, as one month is few children; else the month."""
    return month.run_up(MONTHS) if metric.adds_up_over_months else [month]


def sums_by_part(
    metric: Metric, by: OfChild, months: Sequence[Period], settings: Settings
) -> Select:
    """The months' rows by unit, "*" for all of them, and part, without restricted records'.

    With numerator, denominator, and how many children they are.
    """
    rows = _rows(metric, months, settings)
    counted = ("unit_id", "child_id", "numerator", "denominator")
    told = (rows.c[name] for name in counted)
    parted = select(*told, by.part(rows).label("part")).subquery("parted")
    summed = (
        func.sum(parted.c.numerator).label("numerator"),
        func.sum(parted.c.denominator).label("denominator"),
        func.count(parted.c.child_id.distinct()).label("children"),
    )
    # A child of two units is one of the service's: its children don't add up.
    service = literal(SERVICE).label("unit_id")
    both = union_all(
        select(parted.c.unit_id, parted.c.part, *summed).group_by(parted.c.unit_id, parted.c.part),
        select(service, parted.c.part, *summed).group_by(parted.c.part),
    ).subquery()
    return select(*both.c)


def first_months(metric: Metric, settings: Settings) -> Select:
    """One row per unit: the first day of the first month of which the metric has a row."""
    kept = kept_rows_of(metric).table(settings)
    return select(kept.c.unit_id, func.min(kept.c.month).label("month")).group_by(kept.c.unit_id)


def too_young(first: Iterable[Any], months: Sequence[Period]) -> frozenset[Unit]:
    """The units that began after the first of these months: the rows of `first_months`.

    One month's number could be told from two of their runs of months, as no month leaves them.
    """
    since = months[0].start if len(months) > 1 else date.max
    return frozenset(row.unit_id for row in first if row.month > since)


def _rows(metric: Metric, months: Sequence[Period], settings: Settings) -> Subquery:
    """The metric's rows with all that a child is cut by, as at the last of the months."""
    kept = kept_rows_of(metric).table(settings)
    need, proposal = _needs(months[-1]), _proposals(months[-1])
    of_family = is_of_family(proposal, kept.c.child_id, child.c.family_id)
    names = ("unit_id", "child_id", "month", "numerator", "denominator")
    about = (child.c.born_on, child.c.sex, child.c.ethnicity, need.c.primary_need)
    return (
        select(*(kept.c[name] for name in names), *about, proposal.c.segment)
        .select_from(
            kept.outerjoin(child, child.c.child_id == kept.c.child_id)
            .outerjoin(need, need.c.child_id == kept.c.child_id)
            .outerjoin(proposal, of_family)
        )
        .where(kept.c.month.in_([month.start for month in months]))
        .where(kept.c.child_id.not_in(restricted_children()))
        .subquery("rows_of_months")
    )


def _needs(month: Period) -> Subquery:
    """Of each child's latest referral by the month's end that says one."""
    told = select(referral).where(
        referral.c.received_on <= month.last_day, referral.c.primary_need.is_not(None)
    )
    latest = (referral.c.received_on.desc(), referral.c.referral_id.desc())
    return first_of_each(told, (referral.c.child_id,), latest)


def _proposals(month: Period) -> Subquery:
    """One row for each family open on the last day by then that was judged: what the rules say."""
    proposed = segment_proposal.c
    last = select(func.max(proposed.as_on)).where(proposed.as_on <= month.last_day)
    segment = case(
        (proposed.outcome == "fits", proposed.proposed_unit),
        (proposed.outcome == "no_fit", NO_FIT),
        else_=NOT_ASSESSED,
    )
    return (
        select(proposed.family_id, proposed.child_id, segment.label("segment"))
        .where(proposed.as_on == last.scalar_subquery())
        .subquery("proposals")
    )


def cells(rows: Iterable[Any], by: OfChild, young: frozenset[Unit] = frozenset()) -> Cells:
    """The rows of `sums_by_part`; parts in the order of their codes."""
    tallies: dict[tuple[Unit, str], Tally] = defaultdict(Tally)
    children: dict[tuple[Unit, str], int] = defaultdict(int)
    places: dict[str, Any] = {NOT_KNOWN: 0}
    for row in rows:
        part = NOT_KNOWN if row.part is None else by.names(str(row.part))
        if row.part is not None:
            places[part] = by.place(str(row.part)) if by.place else part
        tallies[row.unit_id, part] += Tally(row.numerator or 0, row.denominator or 0)
        children[row.unit_id, part] += row.children
    parts = sorted({part for _, part in tallies}, key=lambda one: (one == NOT_KNOWN, places[one]))
    return Cells(tallies, children, tuple(parts), young)


def _age(rows: FromClause) -> ColumnElement[Any]:
    return part_of(BY_AGE, rows)


def _age_words(lowest: str) -> str:
    first = int(lowest)
    later = [band for band in BY_AGE.bands if band > first]
    if first < 0:
        return "not born then"
    if not later:
        return f"{first} and over"
    return "under 1" if later[0] == 1 else f"{first} to {later[0] - 1}"


def _sex(rows: FromClause) -> ColumnElement[Any]:
    return case((rows.c.sex.in_(("F", "M")), rows.c.sex))


def _ethnicity(rows: FromClause) -> ColumnElement[Any]:
    groups = [(rows.c.ethnicity.in_(codes), name) for name, codes in ETHNIC_GROUPS.items()]
    return case(*groups)


def _means(codes: CodeSet) -> Callable[[str], str]:
    names = {one.code: one.means for one in codes.codes}
    return lambda code: names.get(code, code)


def by_children(units: Mapping[Unit, str]) -> dict[str, OfChild]:
    """What a figure may be cut by, by its key; `units` name the units that rules propose."""
    return {
        "age": OfChild("age on the month’s first day", _age, _age_words, int),
        "sex": OfChild("sex", _sex, _means(SEX)),
        "ethnicity": OfChild("ethnicity", _ethnicity),
        "need": OfChild("need", lambda rows: rows.c.primary_need, _means(NEED)),
        "segment": OfChild(
            "segment",
            lambda rows: func.coalesce(rows.c.segment, NO_CASE),
            lambda one: units.get(one, one),
        ),
    }

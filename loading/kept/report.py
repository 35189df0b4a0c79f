"""A load's report as the case database keeps it: page, command line and JSON tell this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Part = TypeVar("Part", bound="DataclassInstance")


@dataclass(frozen=True)
class RowsOfTable:
    """What one source gave to one table; `written_before` in its load before, None for none.

    `added` rows are written and stand in no source: the team map parts rows and makes units.
    """

    source: str
    table: str
    read: int
    written: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    written_before: int | None = None
    added: int = 0


@dataclass(frozen=True)
class Covered:
    """How much of what a figure should count could be counted, in one month."""

    name: str
    counted: float
    out_of: float
    month: str


@dataclass(frozen=True)
class MetricCoverage:
    """Whether a metric can be counted, in which months there is a figure of the whole service.

    `why_not` is the source's reason where there is none; `since_when` tells of history. Months are
    as "2016-09". `had_figures` and `months_before` are what the load before had to say: None where
    there was none.
    """

    metric: str
    name: str
    why_not: str = ""
    since_when: str = ""
    months: int = 0
    first_month: str | None = None
    last_month: str | None = None
    covered: Sequence[Covered] = ()
    had_figures: bool | None = None
    months_before: int | None = None

    @property
    def has_figures(self) -> bool:
        return not self.why_not and self.months > 0

    @property
    def lost_months(self) -> int:
        """How many fewer months have a figure than in the load before."""
        return max((self.months_before or 0) - self.months, 0)


@dataclass(frozen=True)
class IssuesOfRule:
    """How many rows break a rule, and how many did in the load before (None: there was none)."""

    mended_by: str
    rule: str
    table: str
    severity: str
    rows: int
    rows_before: int | None = None


@dataclass(frozen=True)
class OpenChildren:
    """Of the children at a level on the data's last day, those without a lead worker, and so on.

    None where the data have no row that could tell.
    """

    level: str
    children: int
    no_lead_worker: int | None = None
    no_unit: int | None = None
    no_visit: int | None = None


@dataclass(frozen=True)
class RoleFound:
    """A role code as a source has it, in how many rows, and whether it was taken for the lead."""

    source: str
    role: str
    rows: int
    is_lead: bool


@dataclass(frozen=True)
class FigureMoved:
    """A metric of which figures of months that had ended are no longer what they were.

    Of the whole service; of `moved` of `months`, the one that moved most, as it was and is told.
    """

    metric: str
    name: str
    moved: int
    months: int
    month: str
    before: str
    now: str


@dataclass(frozen=True)
class VisitsSeen:
    """What loads tell of visits that have no recording date, by when each was first seen."""

    without_date: int
    told_by_loads: int
    entered_late: int
    new_in_this_load: int


@dataclass(frozen=True)
class KeptReport:
    """One load. `number` counts the loads that a case database has seen, from 1.

    `notes` are what its sources tell of themselves, and are no fault.
    """

    number: int
    taken_at: datetime
    sources: Sequence[str]
    data_to: date
    data_to_from: str = ""
    software_version: str = ""
    before: int | None = None
    rows: Sequence[RowsOfTable] = ()
    tables_gone: Sequence[str] = ()
    coverage: Sequence[MetricCoverage] = ()
    issues: Sequence[IssuesOfRule] = ()
    open_children: Sequence[OpenChildren] = ()
    roles: Sequence[RoleFound] = ()
    figures_moved: Sequence[FigureMoved] = ()
    visits_seen: VisitsSeen | None = None
    notes: Sequence[str] = ()

    @property
    def rows_read(self) -> int:
        return sum(one.read for one in self.rows)

    @property
    def rows_written(self) -> int:
        return sum(one.written for one in self.rows)

    @property
    def rows_added(self) -> int:
        return sum(one.added for one in self.rows)

    @property
    def rows_with_issues(self) -> int:
        return sum(one.rows for one in self.issues)

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it: the fields' own names, days and moments as ISO 8601."""
        told = asdict(self)
        return told | {"taken_at": self.taken_at.isoformat(), "data_to": self.data_to.isoformat()}


PARTS = {
    "rows": RowsOfTable,
    "issues": IssuesOfRule,
    "open_children": OpenChildren,
    "roles": RoleFound,
    "figures_moved": FigureMoved,
}


def from_json(told: Mapping[str, Any]) -> KeptReport:
    """The report that `as_json` wrote, by this version or an earlier one that told less."""
    parts: dict[str, Any] = {
        name: tuple(_part(kind, one) for one in told.get(name, ())) for name, kind in PARTS.items()
    }
    seen = told.get("visits_seen")
    moments = {
        "taken_at": datetime.fromisoformat(told["taken_at"]),
        "data_to": date.fromisoformat(told["data_to"]),
    }
    covered = tuple(_coverage(one) for one in told.get("coverage", ()))
    seen_part = {"visits_seen": _part(VisitsSeen, seen) if seen else None}
    lists = {name: tuple(told.get(name, ())) for name in ("sources", "tables_gone", "notes")}
    of_parts = {**parts, **moments, **seen_part, **lists, "coverage": covered}
    return _part(KeptReport, {**told, **of_parts})


def _coverage(told: Mapping[str, Any]) -> MetricCoverage:
    covered = tuple(_part(Covered, one) for one in told.get("covered", ()))
    return _part(MetricCoverage, {**told, "covered": covered})


def _part(kind: type[Part], told: Mapping[str, Any]) -> Part:
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in told.items() if name in known})

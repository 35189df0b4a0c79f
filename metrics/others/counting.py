"""What schools, early help and services say of open children, by unit and by school, on a day.

A child of whom a table says nothing is in no share of it: whether it has what is counted is not
known, and never none. Source: DfE, pupil absence statistics (persistent absence).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from metrics.model import SERVICE, SMALLEST_SHOWN, Tally
from metrics.others.told import MONTHS_BACK

Part = str | None
OTHER_SCHOOLS = f"schools with fewer than {SMALLEST_SHOWN} of these children"


@dataclass(frozen=True)
class OneChild:
    """What is known of one open child on the day; None: nobody knows. Nobody's id or name.

    `is_matched`: some school is matched with the child; `school` is the one whose roll it is on.
    """

    unit_id: Part
    is_matched: bool = False
    school: str | None = None
    sen: str | None = None
    is_absent: bool | None = None
    is_excluded: bool | None = None
    had_help: bool = False
    has_service: bool = False


@dataclass(frozen=True)
class LineOfOthers:
    """A share that is told, from a `table`; `has` says whether a child has it, None: nobody knows.

    Lines of one `group` are parts of the same children, and are hidden together.
    """

    key: str
    name: str
    table: str
    has: Callable[[OneChild], bool | None]
    group: str


def _has_needs(code: str | None) -> Callable[[OneChild], bool | None]:
    return lambda one: one.sen == code if one.is_matched else None


LINES = (
    LineOfOthers(
        "matched", "Matched with a school", "enrolment", lambda one: one.is_matched, "matched"
    ),
    LineOfOthers(
        "plan", "Education, health and care plan", "enrolment", _has_needs("E"), "special needs"
    ),
    LineOfOthers("support", "SEN support", "enrolment", _has_needs("K"), "special needs"),
    LineOfOthers(
        "unknown", "Special needs not known", "enrolment", _has_needs(None), "special needs"
    ),
    LineOfOthers(
        "absent",
        "Persistently absent",
        "education_period",
        lambda one: one.is_absent,
        "absent",
    ),
    LineOfOthers(
        "excluded",
        f"Excluded in {MONTHS_BACK} months",
        "exclusion",
        lambda one: one.is_excluded,
        "excluded",
    ),
    LineOfOthers("help", "Early help recorded", "early_help", lambda one: one.had_help, "help"),
    LineOfOthers(
        "service",
        "A service without an end yet",
        "intervention",
        lambda one: one.has_service,
        "service",
    ),
)
OF_SCHOOLS = tuple(one for one in LINES if one.group in ("special needs", "absent", "excluded"))


@dataclass(frozen=True)
class CountedOfOthers:
    """Open children by part, a unit or a school, and "*" for all; those of each line; no ids.

    `known` and `having` are by part and line. `no_unit` are
    open children whom no unit leads: they count in nothing else.
    """

    opened: Mapping[Part, int] = field(default_factory=Counter)
    known: Mapping[tuple[Part, str], int] = field(default_factory=Counter)
    having: Mapping[tuple[Part, str], int] = field(default_factory=Counter)
    no_unit: int = 0

    @property
    def parts(self) -> list[Part]:
        """The parts that have a child, without the whole."""
        return [part for part in self.opened if part != SERVICE]

    def share(self, part: Part, key: str) -> Tally:
        """Children who have it, out of those of whom it is known."""
        return Tally(self.having[part, key], self.known[part, key])


def by_unit(children: Iterable[OneChild]) -> CountedOfOthers:
    """Each child once in the unit that leads, and once in all."""
    every = list(children)
    led = [one for one in every if one.unit_id is not None]
    return _counted(((one.unit_id, one) for one in led), len(every) - len(led))


def by_school(children: Iterable[OneChild]) -> CountedOfOthers:
    """Those led by a unit and on a school's roll; schools of few are one part together."""
    on_roll = [one for one in children if one.unit_id is not None and one.school is not None]
    size = Counter(one.school for one in on_roll)
    return _counted(
        (one.school if size[one.school] >= SMALLEST_SHOWN else OTHER_SCHOOLS, one)
        for one in on_roll
    )


def _counted(placed: Iterable[tuple[Part, OneChild]], no_unit: int = 0) -> CountedOfOthers:
    opened: Counter[Part] = Counter()
    known: Counter[tuple[Part, str]] = Counter()
    having: Counter[tuple[Part, str]] = Counter()
    for part, one in placed:
        for scope in (part, SERVICE):
            opened[scope] += 1
            for line in LINES:
                has = line.has(one)
                known[scope, line.key] += has is not None
                having[scope, line.key] += bool(has)
    return CountedOfOthers(opened, known, having, no_unit)

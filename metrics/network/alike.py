"""Adults of one name whom the source knows by several numbers: perhaps one person, or not.

A question to whoever keeps the case system, and never a link: who is linked is told by the number
alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, func, select

from data_access.guard.folded import folded
from data_access.guard.linked import ties
from data_access.schema import person


@dataclass(frozen=True)
class Adult:
    """An adult as the source has it: to how many children it is linked, and by which sources."""

    person_id: str
    name: str
    sex: str | None
    children: int
    sources: tuple[str, ...]


def named_adults(as_at: date) -> Select:
    """One row per adult with a name and source of its links: person_id, name, sex, children.

    Nobody who is linked to a restricted child, or to the family of one: such a link tells nothing.
    """
    tie = ties(as_at)
    hidden = select(tie.c.person_id).where(tie.c.in_restricted)
    return (
        select(
            *person.c,
            tie.c.source,
            func.count(tie.c.child_id.distinct()).label("children"),
        )
        .select_from(person.join(tie, tie.c.person_id == person.c.person_id))
        .where(person.c.name.is_not(None), person.c.person_id.not_in(hidden))
        .group_by(*person.c, tie.c.source)
    )


def adults_alike(rows: Iterable[Row]) -> list[list[Adult]]:
    """Adults of one name in groups of two and more; capitals and accents tell nobody apart.

    Two whose sex is known and not the same are in no group together; one whose sex is not known
    may be in two.
    """
    by_name: dict[str, list[Adult]] = defaultdict(list)
    for adult in _adults(rows):
        by_name[" ".join(folded(adult.name).split())].append(adult)
    return [group for _, found in sorted(by_name.items()) for group in _of_one_sex(found)]


def _adults(rows: Iterable[Row]) -> Iterator[Adult]:
    """Each adult once, of all its sources; a child of two sources counts in each."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[row.person_id].append(row)
    for person_id, told in sorted(by_id.items()):
        sources = sorted({row.source for row in told if row.source is not None})
        children = sum(row.children for row in told)
        yield Adult(person_id, told[0].name, told[0].sex, children, tuple(sources))


def _of_one_sex(adults: Sequence[Adult]) -> Iterator[list[Adult]]:
    known: list[str | None] = [*sorted({adult.sex for adult in adults if adult.sex is not None})]
    for sex in known or [None]:
        group = [adult for adult in adults if adult.sex in (None, sex)]
        if len(group) > 1:
            yield group

"""What a coded column may hold: its codes, what each means, and which spellings are each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

NEVER = r"(?!)"


@dataclass(frozen=True)
class Code:
    """One code as the case database keeps it, and what it means.

    Code and meaning are spellings of it, as are those in `spelt`. `in_words` is a pattern of whole
    plain words that stand for the code wherever they are in a cell.
    """

    code: str
    means: str
    spelt: tuple[str, ...] = ()
    in_words: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that is this code when it stands alone in its cell."""
        return (self.code, self.means, *self.spelt)


@dataclass(frozen=True)
class CodeSet:
    """The codes of a column, and what else of a cell is understood.

    `within` is a pattern of codes that count wherever they stand in a cell, with `divided` for
    what a council may write behind one ("N5a" is N5). `several` is the code of a cell that names
    more than one. `not_known` is how an answer begins that says nothing. With `keeps_words`, other
    words than codes are kept as they are, but for those that are `doubtful`: a figure would follow
    from the code that they hide. `listed` is how messages name the codes, `empty_is`
    what a cell without a code counts as, where it counts as something.
    """

    codes: tuple[Code, ...]
    within: str = NEVER
    divided: str = ""
    several: str = ""
    not_known: str = NEVER
    keeps_words: bool = False
    doubtful: str = NEVER
    listed: str = ""
    empty_is: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The codes themselves, in the order of their table."""
        return tuple(one.code for one in self.codes)

    @property
    def choices(self) -> str:
        """The codes as a message lists them."""
        return self.listed or ", ".join(self.names)


@dataclass(frozen=True)
class CodesBy:
    """The codes of a column whose meaning another column of the row decides; else free text."""

    column: str
    sets: Mapping[str, CodeSet]


Codes = CodeSet | CodesBy


def sets_of(codes: Codes) -> Iterator[tuple[str | None, CodeSet]]:
    """Every code set of a column, each with the value of the other column for which it holds."""
    if isinstance(codes, CodeSet):
        yield None, codes
    else:
        yield from codes.sets.items()


def plain_codes(**meanings: str) -> tuple[Code, ...]:
    """Codes that have no other spelling than code and meaning."""
    return tuple(Code(code, means) for code, means in meanings.items())

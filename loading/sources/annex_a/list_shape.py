"""What a list of Annex A and its columns are, and the columns that most lists have."""

import re
from dataclasses import dataclass

from loading.columns import days, ids
from loading.columns.column_read import ColumnReader, by_cell
from loading.sources import cells
from loading.sources.annex_a import codes
from loading.sources.annex_a.plain_words import plain


@dataclass(frozen=True)
class Column:
    """One column: its key here, Ofsted's heading, and a pattern for other plain spellings.

    A list without a needed column is refused; without an expected one, the gap is said.
    """

    key: str
    heading: str
    reads: ColumnReader
    needed: bool = False
    also: str = r"(?!)"
    expected: bool = True

    def is_headed(self, words: str) -> bool:
        """Whether plain `words` (see `plain`) head this column."""
        return words == plain(self.heading) or re.fullmatch(self.also, words) is not None


@dataclass(frozen=True)
class AnnexList:
    """One list: its number, what councils title its sheet, and its columns.

    Without a needed list nothing is loaded; without another only its own tables are lacking.
    """

    number: int
    name: str
    titled: str
    columns: tuple[Column, ...]
    needed: bool = True

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """Its expected columns but those that most lists have: the child's and the holder's."""
        shared = (*CHILD, *HOLDER)
        return tuple(one for one in self.columns if one.expected and one not in shared)

    @property
    def opening(self) -> str:
        """The key of the date without which a row of the list says nothing."""
        return "received_on" if self.number == 3 else "started_on"


WORDS = by_cell(cells.text)
CHILD = (
    Column("child_id", "Child Unique ID", ids.read, True, r".*\bchild.*\b(id|identifier)\b.*"),
    Column("sex", "Gender", codes.sex, also="sex|gender.*"),
    Column("ethnicity", "Ethnicity", codes.ethnicity, also="ethnic.*"),
    Column("born_on", "Date of Birth", days.read, also=r".*date.*birth.*|dob"),
)
HOLDER = (
    Column("team", "Allocated Team", WORDS, also="(allocated )?team( name)?"),
    Column(
        "worker",
        "Allocated Worker",
        WORDS,
        also="(allocated )?(social )?worker( name)?",
    ),
)

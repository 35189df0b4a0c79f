"""The lists and columns of Annex A that ChildStat reads, and how councils spell them.

Source: Ofsted, Annex A guidance and codes, August 2019 (List 1 contacts to List 11 adopters), and
spellings seen in councils' returns. The lists that no metric needs stand in `other_lists`.
"""

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
    """One list: its number, what councils title its sheet, and its columns."""

    number: int
    name: str
    titled: str
    columns: tuple[Column, ...]

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

LISTS = (
    AnnexList(
        3,
        "referrals",
        "referrals?",
        (
            *CHILD,
            Column(
                "received_on",
                "Date of Referral",
                days.read,
                True,
                "(date of )?.*referral date|date .*referr.*",
            ),
            Column("source", "Referral Source", codes.referral_source, also=".*referral source.*"),
            Column(
                "nfa", "Referral NFA?", codes.no_further_action, also=".*(nfa|no further action).*"
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        4,
        "assessments",
        "(social care |continuous )?assessments?",
        (
            *CHILD,
            Column(
                "started_on",
                "Continuous Assessment Start Date",
                days.read,
                True,
                r"(?!.*\b(early help|eha?|caf)\b).*assessment start.*",
            ),
            Column(
                "authorised_on",
                "Continuous Assessment Date of Authorisation",
                days.read,
                also=".*assessment.*(authoris|completion).*",
            ),
            Column(
                "factors",
                "Factors Identified at End of Assessment",
                codes.factors,
                also=".*factors.*",
                expected=False,
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        6,
        "children in need",
        "children in need|cin",
        (
            *CHILD,
            Column(
                "started_on",
                "CIN Start Date",
                days.read,
                True,
                "(cin|child(ren)? in need) .*start.*",
            ),
            Column("need", "Primary Need Code", codes.need, also="primary need.*"),
            Column("seen_on", "Date Child Was Last Seen", days.read, also=".*last seen.*"),
            Column(
                "closed_on",
                "CIN Closure Date",
                days.read,
                True,
                "(cin|child(ren)? in need) .*(clos|end).*date",
            ),
            Column("closure", "Reason for Closure", codes.closure, also=".*reason.*clos.*"),
            Column("status", "Case Status", codes.status, True, "(case )?status"),
            *HOLDER,
        ),
    ),
    AnnexList(
        7,
        "child protection",
        "child protection( plans?)?|cpp?",
        (
            *CHILD,
            Column(
                "started_on",
                "Child Protection Plan Start Date",
                days.read,
                True,
                "(cpp?|child protection).*start.*",
            ),
            Column(
                "category",
                "Latest Category of Abuse",
                codes.abuse,
                also="(latest|current) category.*",
            ),
            Column(
                "visited_on",
                "Date of the Last Statutory Visit",
                days.read,
                also=".*last (statutory|social work).*visit.*",
            ),
            Column("seen", "Was the Child Seen Alone?", codes.seen_alone, also=".*seen alone.*"),
            Column(
                "ended_on",
                "Child Protection Plan End Date",
                days.read,
                True,
                "(cpp?|child protection).*end.*",
            ),
            *HOLDER,
        ),
    ),
    AnnexList(
        8,
        "children in care",
        "children (in care|looked after)|looked after children|cic|cla|lac",
        (
            *CHILD,
            Column(
                "started_on",
                "Date Started to be Looked After",
                days.read,
                True,
                ".*started to be looked after.*",
            ),
            Column("need", "Child's Category of Need", codes.need, also=".*category of need.*"),
            Column(
                "legal_status",
                "Child's Legal Status",
                codes.legal_status,
                True,
                "(?!start).*legal status.*",
            ),
            Column(
                "visited_on",
                "Date of Last Social Work Visit",
                days.read,
                also=".*last (statutory|social work).*visit.*",
            ),
            Column(
                "ended_on",
                "Date Ceased to be Looked After",
                days.read,
                True,
                "date.*ceased to be looked after.*",
            ),
            Column(
                "end_reason",
                "Reason Ceased to be Looked After",
                codes.reason_ceased,
                also="reason.*ceased.*",
            ),
            Column(
                "placed_on",
                "Start Date of Most Recent Placement",
                days.read,
                also=".*start.*placement.*",
            ),
            Column("placement", "Placement Type", codes.placement_type, also="placement type.*"),
            *HOLDER,
        ),
    ),
)

"""What the columns of a survey's export are: questions, what is known of a respondent, or neither.

Nothing that names anybody is read: neither a column whose heading says that it does, nor one that
holds addresses of e-mail or numbers of telephones.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from data_access.code_sets.survey_questions import Question
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.columns.column_read import visible
from loading.sources.annex_a.plain_words import plain
from loading.sources.reading import WARNING, Issue
from loading.sources.text_tables import HeadingsWanted, read_text_table
from loading.surveys.form import Form
from loading.surveys.sheets import Export

ANSWERED_ON, RESPONDENT, UNIT, ROLE, BAND = (
    "answered_on",
    "respondent_id",
    "unit_id",
    "role",
    "direct_time_band",
)
_OF_RESPONDENTS: Mapping[str, tuple[str, ...]] = {
    ANSWERED_ON: (
        *("answered on", "date", "date answered", "date completed", "completed", "completed on"),
        *(
            "completion time",
            "submitted",
            "submitted on",
            "date submitted",
            "end date",
            "timestamp",
        ),
    ),
    RESPONDENT: ("respondent id", "respondent", "household", "household id"),
    UNIT: ("unit id", "unit", "unit name", "team", "team name"),
    ROLE: ("role", "job role"),
    BAND: ("direct time band", "time with families"),
}
HEADING, QUESTION = "heading", "question"
_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d+\s*[.):–-]\s*", re.IGNORECASE)
# One statement of several under a stem: "How far do you agree? [I like my work]", "… - I like it".
_LAST_PART = (re.compile(r".*\[(.+)\]\s*\*?"), re.compile(r".*(?: [-–|]|:) (.+)"))
_PERSONAL = frozenset(
    {"name", "names", "surname", "forename", "email", "mail", "phone", "telephone", "mobile"}
    | {"address", "postcode", "ip", "nhs", "upn", "birth", "dob", "born", "signature", "contact"}
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TELEPHONE = re.compile(r"[+0](?:[\s()-]*\d){9,14}")
NOT_READ = "{file} has a column {which} that is not read{hint}. Rename it, map it, or drop it."
NAMES_SOMEBODY = (
    "{file}, column {place}: it seems to name people, or to hold how to reach them. It was not"
    " read, and nothing of it is kept. Leave it out of the export."
)
NO_PSEUDONYM = (
    "{file}, column {place}: what tells respondents apart has to be a number or code without"
    " letters of a name, and this is none in every row. It was not read: each row counts as a"
    " respondent of its own."
)


class Headings:
    """Names of headings: question codes, and what is known of a respondent."""

    def __init__(self, form: Form) -> None:
        self.questions = {one.code: one for one in form.questions}
        self._names = {plain(code): code for code in self.questions}
        self._names |= {plain(one.words): one.code for one in form.questions if plain(one.words)}
        for name, spellings in _OF_RESPONDENTS.items():
            self._names |= dict.fromkeys(spellings, name)
        self._mapped = {plain(heading): name for heading, name in form.mapping.items()}

    def name_of(self, heading: str) -> str | None:
        """What a heading is known as; None where it is not to be read, or nobody knows it."""
        words = visible(heading)
        if plain(words) in self._mapped:
            return self._mapped[plain(words)] or None
        bare = _NUMBERING.sub("", words)
        ways = (words, bare, *(match[1] for one in _LAST_PART if (match := one.fullmatch(bare))))
        return next((self._names[plain(way)] for way in ways if plain(way) in self._names), None)

    def is_passed_over(self, heading: str) -> bool:
        """Whether the mapping says that it is not to be read."""
        return self._mapped.get(plain(visible(heading))) == ""

    def nearest(self, heading: str) -> str:
        """Which heading may be meant, as a hint."""
        bare = plain(_NUMBERING.sub("", visible(heading)))
        close = difflib.get_close_matches(bare, self._names, n=1, cutoff=0.75)
        return f"; the nearest is {self._names[close[0]]}" if close else ""

    def questions_in(self, export: Export) -> Iterator[tuple[int, Question]]:
        """The columns that are questions, by their places."""
        for place, name in enumerate(export.names):
            if name in self.questions:
                yield place, self.questions[name]


def columns_not_read(headings: Headings, export: Export, wave_id: str) -> Iterator[Issue]:
    """One issue for each column that is neither read nor said to be passed over; no cell shown."""
    for place, (heading, name) in enumerate(zip(export.headings, export.names, strict=True)):
        cells = export.at(place)
        if name in headings.questions or headings.is_passed_over(heading):
            continue
        if names_somebody(heading if name is None else "", cells):
            yield _issue("column_names_people", wave_id, NAMES_SOMEBODY, export.file, place + 1)
        elif name is None and any(map(_filled, cells)):
            which = (
                f"'{visible(heading)}'" if visible(heading) else f"{place + 1}, without a heading,"
            )
            said = NOT_READ.format(file=export.file, which=which, hint=headings.nearest(heading))
            yield Issue("unknown_column", "survey_response", wave_id, WARNING, said)
        elif name == RESPONDENT and not are_pseudonyms(cells):
            yield _issue("column_names_people", wave_id, NO_PSEUDONYM, export.file, place + 1)


def _issue(rule: str, wave_id: str, says: str, file: str, place: int) -> Issue:
    return Issue(rule, "survey_response", wave_id, WARNING, says.format(file=file, place=place))


def names_somebody(heading: str, cells: Sequence[object]) -> bool:
    """Whether a column seems to name people: by its heading, or by what some cell holds."""
    if _PERSONAL & set(plain(heading).split()):
        return True
    texts = [visible(cell) for cell in cells if isinstance(cell, str)]
    return any(_EMAIL.search(words) or _TELEPHONE.fullmatch(words) for words in texts)


def are_pseudonyms(cells: Sequence[object]) -> bool:
    """Whether every filled cell is one code with a figure in it, so that none can be a name."""
    texts = [visible(str(cell)) for cell in cells if _filled(cell)]
    return not names_somebody("", texts) and all(
        re.fullmatch(r"(?=.*\d)[\w.-]+", words) for words in texts
    )


def _filled(cell: object) -> bool:
    return cell is not None and bool(visible(str(cell)))


def read_mapping(path: Path, form: Form, limits: LoadingLimits) -> Mapping[str, str]:
    """By heading of an export, the question that it is, as a CSV file of the two columns says.

    An empty one is a column that is not to be read. What is no known question is a Problem.
    """
    wanted = HeadingsWanted(_of_mapping, "'heading,question'", frozenset({HEADING}))
    found = read_text_table(path, wanted, limits)
    missing = [name for name in (HEADING, QUESTION) if name not in found.names]
    if missing:
        raise Problem(f"{path.name} has no column {missing[0]}: its headings are heading,question.")
    known = [*(one.code for one in form.questions), *_OF_RESPONDENTS]
    mapping = {}
    columns = (found.by_name[HEADING], found.by_name[QUESTION])
    for number, heading, code in zip(found.row_numbers, *columns, strict=True):
        name = visible(code).lower()
        if name and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else "."
            raise Problem(f"{path.name}, row {number}: no question has the code '{name}'{hint}")
        mapping[heading] = name
    return mapping


def _of_mapping(heading: str) -> str | None:
    words = visible(heading).lower()
    return words if words in (HEADING, QUESTION) else None

"""What a worker's name says: the words, a number behind them, a title before them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from loading.names.spelling import alternatives, spelled

_HE, _SHE = "mr", "ms"
# By title: the sex that it tells, so that Mr and Ms of one name are told apart.
TITLES = {
    **dict.fromkeys(("mr", "sir"), _HE),
    **dict.fromkeys(("ms", "mrs", "miss", "dame"), _SHE),
    **dict.fromkeys(("mx", "dr", "prof", "professor", "rev", "reverend"), None),
}
_TITLE = rf"({alternatives(frozenset(TITLES))})"
_TITLE_BEFORE = re.compile(rf"(?:^|(?<=,)) *{_TITLE}(?:\. *| )")
_TITLE_BEHIND = re.compile(rf"(?: *, *{_TITLE}| *\( *{_TITLE}\.? *\))\.?$")
# In brackets any number is one of a person; beside the name, one that is long enough.
_BRACKETED = re.compile(r" *[(\[] *([a-z]{0,4}[ -]?\d+) *[)\]]")
_NUMBER = r"(swe? ?-?\d+|[a-z]{0,4}\d{3,})"
_BEHIND = re.compile(rf"[ ,:-]+{_NUMBER}$")
_BEFORE = re.compile(rf"^{_NUMBER}[ ,:-]+")
_REGISTERED = re.compile(r"SW\d+")


@dataclass(frozen=True)
class WorkerName:
    """A name's words in their one spelling, first names first; number and title where given.

    A number is Social Work England's or the council's own. `title` is "mr" or "ms", whichever of
    each kind was written; None where it tells no sex.
    """

    words: str
    registration_no: str | None = None
    staff_no: str | None = None
    title: str | None = None

    @property
    def number(self) -> str | None:
        """The number that was given, of either kind."""
        return self.registration_no or self.staff_no

    def has_another_number(self, other: "WorkerName") -> bool:
        """Whether two numbers of one kind are given, so that these are two people."""
        return _differ(self.registration_no, other.registration_no) or _differ(
            self.staff_no, other.staff_no
        )

    def can_be(self, other: "WorkerName") -> bool:
        """Whether both can be one person: the same words, and no two numbers or titles."""
        return (
            self.words == other.words
            and not self.has_another_number(other)
            and not _differ(self.title, other.title)
        )


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


@lru_cache(maxsize=4096)
def worker_name(written: str) -> WorkerName:
    """What `written` says: "Bell, Ms Ash (SW1)" is ash bell, SW1, ms."""
    words, number = _without_number(spelled(written))
    words, title = _without_title(words)
    words = re.sub(r"\. ?", " ", _first_name_first(words))
    words = " ".join(re.sub(r" ?- ?", "-", words).split())
    if number and is_registered(number):
        return WorkerName(words, registration_no=number, title=title)
    return WorkerName(words, staff_no=number, title=title)


def is_registered(number: str) -> bool:
    """Whether a number has the shape of Social Work England's: SW12345."""
    return _REGISTERED.fullmatch(number) is not None


def number_text(written: str) -> str:
    """A number of a person in its one spelling: "swe 12-345" is SW12345."""
    number = re.sub(r"[ -]", "", spelled(written)).upper()
    return re.sub(r"^SWE(?=\d)", "SW", number)


def _without_number(words: str) -> tuple[str, str | None]:
    for shape in (_BRACKETED, _BEHIND, _BEFORE):
        found = shape.search(words)
        rest = shape.sub(" ", words, count=1).strip(" ,-")
        if found and re.search(r"[^\W\d]", rest):
            return rest, number_text(found.group(1))
    return words, None


def _without_title(words: str) -> tuple[str, str | None]:
    """Only where two words are left: "Ms Bell" and "Mr Bell" are told apart by nothing else."""
    for shape in (_TITLE_BEFORE, _TITLE_BEHIND):
        found = shape.search(words)
        rest = shape.sub(" ", words, count=1).strip(" ,")
        if found and len(rest.replace(",", " ").split()) > 1:
            return rest, TITLES[next(filter(None, found.groups()))]
    return words, None


def _first_name_first(words: str) -> str:
    surname, comma, first = words.partition(",")
    if not comma or "," in first or not surname.strip() or not first.strip():
        return words
    return f"{first} {surname}"

"""One cell of a survey's export as an answer: from 1, strongly disagree, to 5, strongly agree.

Words say by themselves which end is which. Numbers do not: forms print either end first, so which
it is has to be said, and is never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from data_access.code_sets.survey_questions import AGREE_MOST, DISAGREE_MOST
from data_access.problems import Problem
from loading.sources.annex_a.plain_words import plain
from loading.sources.cells import BLANK, Unreadable, fault_of
from loading.surveys.form import AGREE_FIRST, DISAGREE_FIRST

_IN_WORDS = {
    "strongly agree": 5,
    "agree strongly": 5,
    "agree": 4,
    "neither agree nor disagree": 3,
    "neither agree or disagree": 3,
    "neither agree disagree": 3,
    "neither": 3,
    "neutral": 3,
    "disagree": 2,
    "strongly disagree": 1,
    "disagree strongly": 1,
}
_NO_ANSWER = frozenset(
    {
        "na",
        "n a",
        "not applicable",
        "does not apply",
        "doesnt apply",
        "dont know",
        "do not know",
    }
    | {"no answer", "no response", "prefer not to say", "null", "none", "not answered"}
)
_NUMBER = re.compile(r"([1-5])(?:\.0+)?")
_NUMBERED = re.compile(r"([1-5])\s+(.+)|(.+)\s+([1-5])")
WANTED = (
    "an answer is needed: strongly agree, agree, neither agree nor disagree, disagree, strongly"
    " disagree, does not apply, or a number from 1 to 5"
)
OTHER_END = {AGREE_FIRST: 1, DISAGREE_FIRST: 5}


@dataclass
class AnswerReader:
    """Reads answers, and remembers where the first bare and the first labelled number stood."""

    first_column: str | None = None
    bare: str | None = None
    labelled: dict[str, str] = field(default_factory=dict)

    def read(self, cell: object, place: str) -> int | None:
        """The answer, 5 being strongly agree; None where it is none.

        Unreadable where it is no answer. A bare number is a Problem while nobody has said which
        end of the scale is 1.
        """
        if fault := fault_of(cell):
            raise Unreadable(fault)
        words = "" if cell is None else " ".join(str(cell).split())
        # Letters and figures of other scripts are something, and nothing of them is plain.
        if words.lower() in BLANK or plain(words) in _NO_ANSWER:
            return None
        if bare := _NUMBER.fullmatch(words):
            return self._of_number(int(bare[1]), place)
        return self._of_words(words, place)

    def _of_number(self, number: int, place: str) -> int:
        if self.first_column is None:
            raise Problem(
                f"{place}: '{number}' is a number, and nobody has said which end of the scale is 1,"
                " nor can it be told: some forms print 'strongly agree' first, some 'strongly"
                " disagree'. Look at the form, and give --first-column agree or --first-column"
                " disagree."
            )
        self.bare = self.bare or place
        return AGREE_MOST + DISAGREE_MOST - number if self.first_column == AGREE_FIRST else number

    def _of_words(self, words: str, place: str) -> int:
        said = plain(words)
        if said in _IN_WORDS:
            return _IN_WORDS[said]
        numbered = _NUMBERED.fullmatch(said)
        if numbered is None:
            raise Unreadable(WANTED)
        number, label = int(numbered[1] or numbered[4]), numbered[2] or numbered[3]
        if label not in _IN_WORDS:
            raise Unreadable(WANTED)
        self._note(number, _IN_WORDS[label], place)
        return _IN_WORDS[label]

    def _note(self, number: int, answer: int, place: str) -> None:
        """A number beside its word tells which end is 1, unless it is the middle one."""
        if number == answer != AGREE_MOST + DISAGREE_MOST - number:
            self.labelled.setdefault(DISAGREE_FIRST, place)
        elif number == AGREE_MOST + DISAGREE_MOST - answer != answer:
            self.labelled.setdefault(AGREE_FIRST, place)

    def refuse_contradictions(self) -> None:
        """A Problem where the file's own labels say another end than --first-column does."""
        others: Iterable[tuple[str, str]] = (
            (end, place) for end, place in self.labelled.items() if end != self.first_column
        )
        for end, place in others:
            if self.bare:
                raise Problem(
                    f"{place}: the number beside the words says that {end} is the first column, and"
                    f" --first-column says {self.first_column}, by which the number at {self.bare}"
                    " was read. Look at the form, and say which it is."
                )

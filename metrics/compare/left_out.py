"""Who is not of a comparison, who was seen no longer, and who has no like: counted, never named."""

from collections import Counter
from collections.abc import Iterator

from data_access.code_sets.children import NEED
from metrics.compare.cohort import Cell
from metrics.compare.counting import Both
from metrics.compare.difference import FEWEST_AT_RISK
from metrics.compare.few import few_or, told_together
from metrics.compare.gathered import Gathered
from metrics.compare.matching import Matched
from metrics.compare.outcomes import END_OF_DATA, MOVED, OF_AGE, Outcome
from metrics.levels.levels import NAMES
from metrics.writing import written_date

RARER = "for rarer reasons"
OTHER_CELLS = "others, fewer than 6 of each"
NO_CELL = "need or date of birth not on record, or a restricted record"
SEEN_NO_LONGER = {
    END_OF_DATA: "at the end of the data",
    MOVED: "led by another unit",
    OF_AGE: "turned 18",
    "another authority": "to another authority",
    "adult services": "to adult services",
}


def left_out_words(both: Both, outcome: Outcome) -> Iterator[str]:
    """Of each cohort who was left out, and why the others were seen no longer; then coverage."""
    for of in (both.own, both.other):
        if len(of.cohort.cases) < FEWEST_AT_RISK:
            continue
        yield f"{of.cohort.name}: {_left_out(of, outcome.happened)} {_seen_no_longer(of)}"
    if both.held_from:
        yield f"The data hold all that this needs from {written_date(both.held_from)} on."
    else:
        yield (
            "The data don’t say from which day on they hold everything: of cases that entered early"
            " they may have those alone that were still open."
        )


def _left_out(of: Gathered, happened: str) -> str:
    return (
        f"{few_or(of.legacy)} older than the unit and {few_or(of.could_not)} that"
        f" could not be {happened} are left out."
    )


def _seen_no_longer(of: Gathered) -> str:
    reasons = Counter({SEEN_NO_LONGER.get(one, one): n for one, n in of.last_seen.items()})
    why = ", ".join(f"{told} {reason}" for reason, told in told_together(reasons, RARER))
    return f"Last seen without it: {why}." if why else "All had it."


def who_has_no_like(matched: Matched) -> list[list[str]]:
    """The cells of own cases without a like, the largest first, with how many are in each.

    Small ones are told together, whatever they are.
    """
    cells = Counter({_cell_words(cell): n for cell, n in matched.without_like.items()})
    if len(matched.own.cases) < FEWEST_AT_RISK:
        return []
    return [[words, told] for words, told in told_together(cells, OTHER_CELLS)]


def _cell_words(cell: Cell | None) -> str:
    if cell is None:
        return NO_CELL
    level = NAMES.get(cell.level, "no plan")
    return f"{_need_words(cell.need)}, {level}, aged {cell.age}"


def _need_words(need: str) -> str:
    meanings = {one.code: one.means for one in NEED.codes}
    return meanings.get(need, need)

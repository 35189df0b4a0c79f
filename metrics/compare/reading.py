"""A comparison in words: the follow-up first, then what can be told apart and what could not be."""

from collections.abc import Iterator
from math import inf

from metrics.compare.cohort import HORIZONS, Cohort
from metrics.compare.could_have_shown import needed_a_side, smallest_shown
from metrics.compare.difference import FEWEST_AT_RISK, Apart, known_cases
from metrics.compare.families import DRAWS, Families, apart_by_families
from metrics.compare.few import few_or_count
from metrics.compare.follow_up import early_until, follow_up, is_early
from metrics.compare.matching import Matched, Standardised, standardised
from metrics.model import round_half_up, with_minus
from metrics.spc.proportions import ConfidenceInterval, Estimate
from metrics.survival.log_rank import LogRank
from metrics.writing import count, several, written_date

FEW_CASES = f"fewer than {FEWEST_AT_RISK} cases"
NO_LIKE_TOLD = "Like beside like nothing is told: too few have a like, or were followed so long."


def title(own: Cohort, other: Cohort) -> str:
    """Which two are compared; of those that are young, that it is too early, and until when."""
    names = f"{own.name} beside {other.name}"
    if any(0 < len(one.cases) < FEWEST_AT_RISK for one in (own, other)):
        return f"Too early to say: one of the two has {FEW_CASES}. {names}"
    if not is_early(own, other):
        return names
    until = early_until(own, other)
    end = f" before {written_date(until)}" if until else ": one of the two has no case"
    return f"Too early to say{end}. {names}"


def early_words(own: Cohort, other: Cohort) -> Iterator[str]:
    """Of two that are young: what makes the day from which they can be read, and what to do now."""
    if not is_early(own, other):
        return
    until = early_until(own, other)
    if until is None:
        yield "Too early to say: one of the two has no case yet."
        return
    yield (
        f"Too early to say: only on {written_date(until)} will half of the cases of each have been"
        " followed for 12 months, as far as they have come in. What is told already is of those"
        " who came first, and will move: decide nothing by it, and open this again then."
    )


def follow_up_words(cohort: Cohort, begins: str = "entered") -> str:
    """How many entered when, for how long they could be seen, and how many long enough.

    `begins` is what their first day is: as in "entered".
    """
    found = follow_up(cohort)
    if found is None:
        return f"{cohort.name}: no case."
    if found.cases < FEWEST_AT_RISK:
        return f"{cohort.name}: {FEW_CASES} {begins}, of which no more is told."
    complete = "; ".join(
        f"to {months} months {few_or_count(seen)}" for months, seen in found.complete_to.items()
    )
    return (
        f"{cohort.name}: {several(found.cases, 'case')} {begins}, {found.first} to {found.last};"
        f" followed for {count(found.shortest)} to {several(found.longest, 'day')},"
        f" half of them for {count(found.median)} or more. Complete {complete}."
    )


def reading(own: Cohort, other: Cohort, happened: str, months: int, seed: int) -> Iterator[str]:
    """What is told at so many months from entry: the difference, and what these could have shown.

    `happened` is as in "closed". Where too few were seen so long, that alone.
    """
    found = apart_by_families(own, other, HORIZONS[months], seed)
    if found is None:
        yield nothing_told(months)
        return
    yield difference_words(own, other, found, happened, months)
    yield shown_words(own, other, found, HORIZONS[months])
    yield drawn_words(own, other, seed)


def nothing_told(months: int) -> str:
    """Why there is no share at so many months."""
    return (
        f"At {months} months nothing is told: of one of the two fewer than"
        f" {FEWEST_AT_RISK} cases were followed so long."
    )


def matched_reading(matched: Matched, happened: str, months: int, seed: int) -> Iterator[str]:
    """What is told with like beside like, on need, level and age at entry; who has no like, first.

    Where too few have one, or were seen so long, that alone.
    """
    own, without = matched.own, sum(matched.without_like.values())
    if len(own.cases) < FEWEST_AT_RISK:
        yield NO_LIKE_TOLD
        return
    of_all = several(len(own.cases), "case")
    but = f", but for {few_or_count(without)} that have no like" if without else ""
    yield (
        f"{of_all} of {own.name} are set beside cases of {matched.other.name} of the same need,"
        f" level and age at entry{but}."
    )
    found = standardised(matched, HORIZONS[months], seed)
    if found is None:
        yield NO_LIKE_TOLD
        return
    yield (
        f"Like beside like, by {months} months {_percent(found.own)} of the cases of {own.name}"
        f" were {happened}, of those of {matched.other.name} {_percent(found.other)}."
        f" {_apart_words(found)}"
    )
    test = matched.log_rank
    if test:
        yield _whole_time(test)
    yield drawn_words(matched.own_like, matched.other_like, seed)


def difference_words(own: Cohort, other: Cohort, at: Apart, happened: str, months: int) -> str:
    """Both shares by so many months with their intervals, and whether they are told apart."""
    return (
        f"By {months} months {share_words(at.own)} of the cases of {own.name} were {happened},"
        f" of those of {other.name} {share_words(at.other)}. {_apart_words(at)}"
    )


def _apart_words(at: Apart | Standardised) -> str:
    told = "told apart" if at.is_told_apart else "not told apart"
    return f"Difference {points_words(at.difference)} points ({range_words(at.interval)}): {told}."


def shown_words(own: Cohort, other: Cohort, at: Apart, days: int) -> str:
    """What would have been seen four times in five, from as many cases as say as much.

    Of what was not told apart, how many cases it would take.
    """
    known = (known_cases(one, days) for one in (own, other))
    low, high = smallest_shown(at.other.share, *known)
    below = f"{_percent(low)} or less" if low is not None else "no lower share"
    above = f"{_percent(high)} or more" if high is not None else "no higher share"
    return (
        f"So many cases tell {below} and {above} apart from {_percent(at.other.share)}"
        " four times in five; a smaller difference may be there and not be seen."
        f"{_needed_words(at)}"
    )


def _needed_words(at: Apart) -> str:
    needed = needed_a_side(at.own.share, at.other.share)
    if at.is_told_apart or needed == inf:
        return ""
    return f" One as large as this would take {count(needed)} cases on each side."


def drawn_words(own: Cohort, other: Cohort, seed: int) -> str:
    """How the intervals were made, so that anybody can make them again."""
    if Families(own).are_known and Families(other).are_known:
        return (
            f"Intervals by drawing whole families {count(DRAWS)} times: the same again from {seed}."
        )
    return (
        f"Intervals by {count(DRAWS)} draws (the same again from {seed}), children counted as if"
        " independent: families are not known of nine in ten, so they are too narrow."
    )


def _whole_time(test: LogRank) -> str:
    """How often chance alone would have two sets so far apart: the log-rank test's p."""
    times = round_half_up(100 * test.p)
    often = f"{times} times in 100" if float(times) >= 1 else "less than once in 100 times"
    return (
        "Over the whole time, within like cases: chance alone would have them at least so far"
        f" apart {'once in 100 times' if float(times) == 1 else often} (log-rank test)."
    )


def share_words(of: Estimate) -> str:
    """As in "38% (31–46%)"."""
    low, high = (round_half_up(100 * end) for end in (of.low, of.high))
    return f"{_percent(of.share)} ({low}–{high}%)"


def _percent(share: float) -> str:
    return f"{round_half_up(100 * share)}%"


def range_words(interval: ConfidenceInterval) -> str:
    """As in "−12 to +6"."""
    return f"{points_words(interval.low)} to {points_words(interval.high)}"


def points_words(share: float) -> str:
    """A difference of shares of 1 in points, with its sign: "−3.2"."""
    rounded = round_half_up(100 * share, 1)
    return with_minus(f"{rounded:+}") if rounded else "0"

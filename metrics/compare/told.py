"""All that is told of a comparison, as plain values: drawn so now, and so again once published."""

from collections.abc import Iterator, Mapping
from typing import TypedDict

from metrics.compare.cohort import HORIZONS, Cohort
from metrics.compare.counting import Both
from metrics.compare.difference import FEWEST_AT_RISK, Apart
from metrics.compare.families import apart_by_families, aparts_by_families
from metrics.compare.few import FEW, few_or_count
from metrics.compare.follow_up import is_early
from metrics.compare.left_out import left_out_words, who_has_no_like
from metrics.compare.matching import Matched
from metrics.compare.outcomes import Outcome
from metrics.compare.reading import (
    FEW_CASES,
    difference_words,
    drawn_words,
    early_words,
    follow_up_words,
    matched_reading,
    nothing_told,
    points_words,
    range_words,
    share_words,
    shown_words,
    title,
)
from metrics.model import SMALLEST_SHOWN, Tally, round_half_up
from metrics.survival.kaplan_meier import Shares
from metrics.writing import count

# Days from entry at which a chart says how many were still seen.
EVERY_THREE_MONTHS = tuple(round(months * 365.25 / 12) for months in range(0, 601, 3))
UNEQUAL = "unequal follow-up"
TOO_FEW = "too few seen so long"
Found = Mapping[int, Apart | None]


class Curve(TypedDict):
    """A cohort's curve: the share of 1 that had the outcome by each day, and its 95% band.

    `at_risk` is by three months from entry; from the day `few_from` on fewer than ten are seen.
    """

    name: str
    days: list[int]
    had: list[float]
    low: list[float]
    high: list[float]
    at_risk: list[int]
    few_from: int
    last: int


class Told(TypedDict):
    """What a page or a command says of a comparison, in its order; `at` is a row a horizon."""

    headline: str
    is_early: bool
    follow_up: list[str]
    said: list[str]
    at: list[list[str]]
    so_far: list[str]
    like: list[str]
    without_like: list[list[str]]
    left_out: list[str]
    how: str
    curves: list[Curve]


def told(both: Both, outcome: Outcome, seed: int) -> Told:
    """All that is told of two cohorts: follow-up, differences, like beside like, who is left out.

    The same for the same records and seed.
    """
    own, other = both.own.cohort, both.other.cohort
    apart = aparts_by_families(own, other, tuple(HORIZONS.values()), seed)
    found = dict(zip(HORIZONS, apart, strict=True))
    months = max((one for one, at in found.items() if at), default=max(HORIZONS))
    matched = Matched(own, other)
    return {
        "headline": _headline(own, other, found[months], outcome.happened, months),
        "is_early": is_early(own, other),
        "follow_up": [
            *early_words(own, other),
            *(follow_up_words(of, outcome.begins) for of in (own, other)),
        ],
        "said": list(_said(both, found, outcome.happened, months, seed)),
        "at": [_at(own, other, *one) for one in found.items()],
        "so_far": [_so_far(of.naive) for of in (own, other)],
        "like": list(matched_reading(matched, outcome.happened, months, seed)),
        "without_like": who_has_no_like(matched),
        "left_out": list(left_out_words(both, outcome)),
        "how": drawn_words(own, other, seed),
        "curves": [curve_told(of) for of in (own, other)],
    }


def in_order(of: Told) -> Iterator[tuple[str, str]]:
    """All that is said, as a page says it: what it is about, and a sentence; no curves."""
    yield "headline", of["headline"]
    for about in ("follow_up", "said", "like", "left_out"):
        for sentence in of[about]:
            yield about.replace("_", " "), sentence
    for months, *told in of["at"]:
        yield months, "; ".join(told)
    yield UNEQUAL, f"so far {' beside '.join(of['so_far'])}: not compared"
    yield "how", of["how"]


def _headline(own: Cohort, other: Cohort, at: Apart | None, happened: str, months: int) -> str:
    if is_early(own, other) or min(len(own.cases), len(other.cases)) < FEWEST_AT_RISK:
        return title(own, other)
    if at is None:
        return f"Nothing can be told of {own.name} beside {other.name}"
    if not at.is_told_apart:
        return f"Not told apart by {months} months: {own.name} and {other.name}"
    more = "More" if at.difference > 0 else "Fewer"
    return f"Told apart: {more} cases of {own.name} were {happened} by {months} months"


def _said(both: Both, found: Found, happened: str, months: int, seed: int) -> Iterator[str]:
    """The reading at the latest time at which both can be told."""
    own, other, at = both.own.cohort, both.other.cohort, found[months]
    if at is None:
        yield nothing_told(months)
        return
    yield difference_words(own, other, at, happened, months)
    yield from _sooner(found, months)
    yield shown_words(own, other, at, HORIZONS[months])
    yield f"One case is {_worth(own)} points of {own.name} and {_worth(other)} of {other.name}."
    placed = both.own_as_placed.cohort, both.other_as_placed.cohort
    kept = apart_by_families(*placed, HORIZONS[months], seed) if both.moved else None
    if kept:
        yield (
            "With whoever moved to another unit kept where they were first placed: difference"
            f" {points_words(kept.difference)} points ({range_words(kept.interval)})."
        )


def _sooner(found: Found, months: int) -> Iterator[str]:
    """The difference after less time, where it can be told."""
    sooner = {one: at for one, at in found.items() if at and one < months}
    if sooner:
        told = "; ".join(
            f"by {one} months {points_words(at.difference)} points"
            f" ({range_words(at.interval)}), {'told' if at.is_told_apart else 'not told'} apart"
            for one, at in sooner.items()
        )
        yield f"After less time: {told}."


def _worth(cohort: Cohort) -> str:
    worth = float(round_half_up(100 / len(cohort.cases), 1))
    return count(worth) if worth else "less than 0.1"


def _at(own: Cohort, other: Cohort, months: int, at: Apart | None) -> list[str]:
    """Months, both shares, the difference, its interval, the verdict, and who was still seen."""
    seen = " and ".join(_seen(of, of.at_risk_after(HORIZONS[months])) for of in (own, other))
    if at is None:
        return [f"{months} months", TOO_FEW, TOO_FEW, "–", "–", "nothing told", seen]
    verdict = "told apart" if at.is_told_apart else "not told apart"
    shares = share_words(at.own), share_words(at.other)
    apart = f"{points_words(at.difference)} points", range_words(at.interval)
    return [f"{months} months", *shares, *apart, verdict, seen]


def _seen(of: Cohort, still: int) -> str:
    return FEW_CASES if 0 < len(of.cases) < FEWEST_AT_RISK else few_or_count(still)


def _so_far(naive: Tally) -> str:
    if 0 < naive.denominator < FEWEST_AT_RISK:
        return FEW_CASES
    if 0 < naive.numerator < SMALLEST_SHOWN:
        return f"{FEW} of {count(naive.denominator)}"
    if 0 < naive.denominator - naive.numerator < SMALLEST_SHOWN:
        return f"all but {FEW} of {count(naive.denominator)}"
    had, of = count(naive.numerator), count(naive.denominator)
    if not naive.denominator:
        return f"{had} of {of}"
    return f"{round_half_up(100 * naive.numerator / naive.denominator)}%, {had} of {of}"


def curve_told(cohort: Cohort) -> Curve:
    """The cohort's curve as it is drawn; of fewer than ten cases a curve without a day."""
    if len(cohort.cases) < FEWEST_AT_RISK:
        cohort = cohort.of(lambda _: False)
    curve = cohort.curve
    low, high = curve.bands
    return {
        "name": cohort.name,
        "days": curve.days.tolist(),
        "had": _turned(curve.share),
        "low": _turned(high),
        "high": _turned(low),
        "at_risk": list(_at_risk(cohort)),
        "few_from": _few_from(cohort),
        "last": int(cohort.followed.max()) if cohort.cases else 0,
    }


def _at_risk(cohort: Cohort) -> Iterator[int]:
    """By three months from entry until nobody is seen any more, that included, or 1 to 5 are."""
    for days in EVERY_THREE_MONTHS:
        seen = cohort.at_risk_after(days)
        if 0 < seen < SMALLEST_SHOWN:
            return
        yield seen
        if not seen:
            return


def _turned(lasting: Shares) -> list[float]:
    """Of shares that last, those that don't; four places are more than anybody sees."""
    return [round(1 - float(share), 4) for share in lasting]


def _few_from(cohort: Cohort) -> int:
    """The first day on which fewer than ten are seen and without the outcome."""
    longest_first = sorted(cohort.lasted.tolist(), reverse=True)
    enough = longest_first[FEWEST_AT_RISK - 1 :]
    return int(enough[0]) if enough else 0

"""The title of a unit's slide: what is to be noticed of all its figures at once."""

from collections.abc import Sequence

from exports.text import EARLIER_HIDDEN, PROTECTED
from metrics.result import Result
from metrics.spc.chart_reading import Assurance, Mark
from metrics.spc.title_words import LEGEND_OF_AIMS, noticed
from metrics.writing import several


def unit_message(unit_name: str, results: Sequence[Result], hidden: Sequence[bool]) -> str:
    """What is to be noticed of the unit's figures, or that nothing is; then the targets missed."""
    shown = [
        result
        for result, is_hidden in zip(results, hidden, strict=True)
        if result.value is not None and not is_hidden
    ]
    if not shown:
        return f"{unit_name}: {PROTECTED if any(hidden) else 'no figure has a value'}"
    to_notice = [words for result in shown if (words := _noticed(result))]
    told = to_notice or [_nothing_unusual(shown)]
    return f"{unit_name}: {'; '.join([*told, *_targets_missed(shown)])}"


def _nothing_unusual(shown: Sequence[Result]) -> str:
    judged = [result for result in shown if result.chart and result.chart.mark]
    withheld = sum(result.unjudged is not None for result in shown)
    never = sum(result.unjudged is None and not result.metric.kind.has_limits for result in shown)
    too_early = len(shown) - len(judged) - withheld - never
    unjudged = {
        "not judged yet": too_early,
        f"not judged, as {EARLIER_HIDDEN}": withheld,
        "not judged by months": never,
    }
    parts = [f"nothing unusual in {_figures(len(judged))}"] if judged else []
    for words, number in unjudged.items():
        if number:
            parts.append(f"{number if parts else _figures(number)} {words}")
    return ", ".join(parts)


def _targets_missed(shown: Sequence[Result]) -> list[str]:
    """Which figures have the crossed square, as in Month's table; nothing where none has."""
    missed = [
        _lower(result.metric.short_name)
        for result in shown
        if result.chart and result.chart.assurance is Assurance.FAIL
    ]
    return [f"target {LEGEND_OF_AIMS[Assurance.FAIL]}: {', '.join(missed)}"] if missed else []


def _figures(number: int) -> str:
    return several(number, "figure")


def _noticed(result: Result) -> str:
    """As in "caseload 19.5, above the usual range"; a missed target has words of its own."""
    if result.chart is None or result.chart.judged.mark not in (Mark.IMPROVEMENT, Mark.CONCERN):
        return ""
    unusual = noticed(result.chart, result.metric.measure.written)
    return f"{_lower(result.metric.short_name)} {result.written}, {unusual}" if unusual else ""


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"

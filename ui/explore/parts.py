"""The parts that a figure is cut into: a table with a bar each, beside another's where asked."""

from dataclasses import replace

from markupsafe import Markup

from charts.beside import Ends, bars, ends_of
from charts.tables import Heading, link, table
from metrics.explore.comparing import NO_INTERVAL, Difference
from metrics.explore.cutting import Part
from metrics.explore.offered import BY_UNIT
from metrics.model import Measure, Tally
from metrics.sentence import count, interval_words, why_no_value
from ui.codes import worker_words
from ui.explore.measured import (
    NOTHING,
    Measured,
    measured,
    other_tally,
    other_whole,
    sorted_parts,
)
from ui.explore.narrowing import NOT, ONLY, part_address
from ui.explore.ordering import heading, in_order, order_words
from ui.explore.question import Question
from ui.explore.words import framed, part_words, warning
from ui.lists import NONE_OPEN, PART_OF_THE_ROWS, RESTRICTED_PART, SET_APART

# Each interval takes half a millisecond.
SHOWN_AT_MOST, SHOWN_WITH_INTERVALS = 200, 60
TOGETHER = "Together"
ONE_IN_TWENTY = (
    "“Told apart”: the 95% interval of the difference (Newcombe) leaves out 0. Of twenty parts that"
    " are alike, one is told apart by chance."
)
NO_VALUE = "A part that by what it is adds nothing to what is counted has no value."
OTHER_CLOSED = (
    "Not all rows of {other} are open to you: nothing that is counted of them is set beside it."
)


def parts_section(question: Question) -> Markup:
    """The table, how to read it, and why a part of the rows may be all there is."""
    parts = in_order(question, sorted_parts(question))
    if not parts:
        nothing = why_no_value(replace(question.whole, tally=question.whole.tally and Tally()))
        why = f"{nothing[:1].upper()}{nothing[1:]}." if question.page.shows_every_row else NONE_OPEN
        return Markup("<h2>{}</h2><p>{}</p>").format(_heading(question), why)
    return Markup('<h2>{}</h2>{}<p class="cs-note cs-quiet">{}</p>').format(
        _heading(question),
        framed(_table(question, parts), _heading(question)),
        " ".join(_how_to_read(question, parts)),
    )


def _heading(question: Question) -> str:
    return f"By {question.cut.name.lower()}, {question.when}"


def _how_to_read(question: Question, parts: list[Part]) -> list[str]:
    words = question.metric.words
    lines = [words.counted_out_of]
    if not question.cut.has_own_denominator:
        lines.append("Each part is measured against the whole, so values add up to the figure.")
    if any(measured(question, part, other_tally(question, part)) == NOTHING for part in parts):
        lines.append(NO_VALUE)
    if question.cut.of_workers:
        lines.append(order_words(question))
    if question.against and question.other_is_closed:
        lines.append(OTHER_CLOSED.format(other=question.against.words))
    elif question.against:
        told = question.metric.is_share_of_things
        why_not = question.why_not_told
        untold = f"Not told: {why_not}." if why_not else ONE_IN_TWENTY
        lines.append(untold if told else f"{NO_INTERVAL[:1].upper()}{NO_INTERVAL[1:]}.")
    most = _at_most(question)
    if len(parts) > most:
        lines.append(f"The first {most} of {count(len(parts))} are shown; the file has all.")
    if not question.page.shows_every_row:
        lines.append(PART_OF_THE_ROWS)
    if any(part.is_closed for part in parts):
        lines.append(SET_APART)
    return lines


def _table(question: Question, parts: list[Part]) -> Markup:
    others = [other_tally(question, part) for part in parts]
    own = (part.tally for part in (*parts, question.together))
    tallies = (*own, *others, other_whole(question))
    ends = ends_of(map(question.metric.figure, tallies))
    shown = list(zip(parts, others, strict=True))[: _at_most(question)]
    rows = [_row(question, part, other, ends) for part, other in shown]
    total, whole = question.together, other_whole(question)
    last = _cells(question, total, whole, (total.tally, whole), ends)
    return table(_headings(question), [*rows, (TOGETHER, *last, None)])


def _at_most(question: Question) -> int:
    return SHOWN_WITH_INTERVALS if question.metric.is_share_of_things else SHOWN_AT_MOST


def _headings(question: Question) -> list[str | Heading]:
    own, other = "Value", []
    if question.against:
        own = (
            str(question.span) if question.scope == question.against.scope else _own_name(question)
        )
        other = [question.against.words, "Difference", *_told_headings(question)]
    counts = [heading(question, "Counted", "counted"), heading(question, "Out of", "of")]
    compared = ["Out of"] if question.against else [*counts, *_lone_headings(question)]
    first = heading(question, question.cut.name, None), heading(question, own, "value")
    return [*first, *other, "On one scale", *compared, "Look closer"]


def _own_name(question: Question) -> str:
    return question.name_of_rows(question.scope)


def _told_headings(question: Question) -> list[str]:
    return ["95% interval", "Told apart?"] if question.metric.is_share_of_things else []


def _lone_headings(question: Question) -> list[str]:
    if _has_intervals(question):
        return ["95% interval", "Small numbers"]
    counted = question.metric.words.counted
    own = [f"{counted[:1].upper()}{counted[1:]}"] if question.cut.is_outcome else []
    return [*own, "Small numbers" if question.cut.of_workers else "Of all"]


def _has_intervals(question: Question) -> bool:
    return question.metric.is_share_of_things and question.cut.has_own_denominator


def _row(question: Question, part: Part, other: Tally | None, ends: Ends) -> tuple[object, ...]:
    return (
        part_name(question, part),
        *_cells(question, part, other, measured(question, part, other), ends),
        _closer(question, part),
    )


def _cells(
    question: Question, part: Part, other: Tally | None, by: Measured, ends: Ends
) -> tuple[object, ...]:
    measure, tally = question.metric.measure, part.tally
    value, beside = map(question.metric.figure, by)
    drawn = bars(value, beside, ends, bool(question.against))
    if question.against is None:
        counts = count(tally.numerator), count(tally.denominator)
        return measure.written(value), drawn, *counts, *_lone(question, part)
    apart = question.compared(*by)
    return (
        measure.written(value),
        measure.written(beside),
        apart.written(apart.apart),
        *_told(question, apart),
        drawn,
        f"{count(tally.denominator)} and {count(other.denominator) if other else '–'}",
    )


def _told(question: Question, apart: Difference) -> tuple[object, ...]:
    return (apart.range_words, apart.verdict) if question.metric.is_share_of_things else ()


def _lone(question: Question, part: Part) -> tuple[object, ...]:
    if _has_intervals(question):
        interval = interval_words(replace(question.whole, tally=part.tally)) or ""
        return interval.removeprefix("95% interval "), warning(question, part.tally)
    own = (count(part.own_denominator),) if question.cut.is_outcome else ()
    few = warning(question, part.tally)
    return (few,) if question.cut.of_workers else (*own, _of_all(question, part))


def _of_all(question: Question, part: Part) -> object:
    """Its share of all: of the denominator where that is divided, else of what is counted."""
    of, whole = part, question.together
    shares = Tally(of.own_denominator, whole.own_denominator)
    if not question.cut.divides_denominator:
        shares = Tally(of.tally.numerator, whole.tally.numerator)
    few = warning(question, of.tally) if question.cut.has_own_denominator else ""
    share = Measure.PERCENT.written(Measure.PERCENT.figure(shares))
    return f"{share} ({few})" if few else share


def part_name(question: Question, part: Part) -> object:
    if question.cut.of_workers:
        name = worker_words(question.page, _Worker(part))
        unit = question.page.live.units.get(part.who[0], part.who[1] or "No unit")
        return f"{unit}, {name}" if question.scope.is_service else name
    if question.cut is BY_UNIT:
        return question.page.live.units.get(part.key, str(part.key))  # type: ignore[call-overload]
    if part.is_closed:
        return RESTRICTED_PART
    return part_words(question.cut, part.key, question.metric)


class _Worker:
    """A part as `worker_words` asks for a row."""

    def __init__(self, part: Part) -> None:
        _, _, self.worker_id, self.worker_name = part.who


def _closer(question: Question, part: Part) -> Markup:
    """To the rows of this part alone, and to all but it; nowhere of restricted records."""
    if part.is_closed:
        return Markup("")
    name = str(part_name(question, part))
    if question.cut is BY_UNIT:
        where = question.link_to_unit(part.key)  # type: ignore[arg-type]
        return link(where, "this unit", f"{name} alone")
    cut, code = question.cut, part_address(question.cut, part, question.page)
    only_name, not_name = f"{ONLY}{cut.key}", f"{NOT}{cut.key}"
    left_out = ",".join(filter(None, (question.said.get(not_name), code)))
    only = question.link(**{only_name: code, not_name: None, "rows": 1})
    return Markup("{} · {}").format(
        link(only, "only", f"{name} only, with its rows"),
        link(question.link(**{not_name: left_out}), "without", f"without {name}"),
    )

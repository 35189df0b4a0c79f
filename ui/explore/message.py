"""Explore's title, what is told beside it, and the links that ask it the next question."""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from charts.tables import folded, link
from data_access.words.agreeing import agreeing
from metrics.catalogue import CATALOGUE
from metrics.explore.comparing import NO_INTERVAL
from metrics.explore.figures_over import (
    does_not_add_up,
    months_while_closed,
    months_with_a_figure,
    published_otherwise,
    rest_over,
    tally_over,
)
from metrics.explore.offered import BY_UNIT
from metrics.explore.spans import Over, Span
from metrics.model import Scope, Tally
from metrics.sentence import bounds_sentence, count, pair_words, reading_sentences, why_no_value
from metrics.writing import several
from ui.explore.links import cut_by_children
from ui.explore.measured import other_whole
from ui.explore.narrowing import names_of
from ui.explore.parts import OTHER_CLOSED
from ui.explore.question import Against, Question
from ui.explore.words import narrowed_words, part_words
from ui.frame import choice, picker, unit_picker

NARROWED_PART = (
    "What is narrowed is counted of rows: here of those alone that are open to you, so it is not"
    " the whole’s figure."
)
AS_PUBLISHED = (
    "The title, what it is set beside in words, and the lines over time are as published; parts"
    " and rows are of the records as known now."
)
OF_NOW = (
    "“All rows” is as published; what is narrowed, the lines over time too, is counted of the"
    " records as known now."
)
WHILE_CLOSED = (
    "Records of {months} name {unit}, which was not open then: they are in its part here, and not"
    " in its own figure."
)
LEFT_OUT = (
    "{rows} about restricted records and left out of sums and lists that are narrowed to what"
    " records say."
)


def message(question: Question) -> Markup:
    """The title says the figure; the line under it what it is set beside, or its largest part."""
    page = question.page
    head = (
        f"{question.metric.name}, {question.name_told}{narrowed_words(question)}, {question.when}"
    )
    so_far = " so far" if question.is_so_far(question.span) and not _is_closed(question) else ""
    lines = Markup("").join(Markup("<div>{}</div>").format(one) for one in _lines(question))
    below = _beside(question) or _largest(question)
    verdict = Markup('<p class="cs-verdict">{}</p>').format(below) if below else ""
    return Markup(
        '<div class="cs-title"><h1>{}: {}{}</h1><nav aria-label="This page">{}{}{}{}</nav></div>'
        "{}{}"
    ).format(
        head,
        value_words(question),
        so_far,
        unit_picker("explore", page.address, page.figures.units, **question.kept_for_units),
        _metrics(question),
        link(page.address.link("metric", **page.address.kept_by("metric")), "Its chart"),
        cut_by_children(question),
        verdict,
        lines,
    )


def _is_closed(question: Question) -> bool:
    """Whether the figure is counted anew, of rows none of which is open to the viewer."""
    return bool(question.narrowed) and not question.sees_some(question.scope)


def own_tally(question: Question) -> Tally | None:
    """The figure as published where it is; what is narrowed is summed of the rows known now."""
    if _is_closed(question):
        return None
    return question.together.tally if question.narrowed else question.whole.tally


def value_words(question: Question) -> str:
    """The figure, or a few words why there is none: never a 0 for what is missing."""
    if _is_closed(question):
        return "not open to you"
    result = replace(question.whole, tally=own_tally(question))
    return result.written if result.value is not None else why_no_value(result)


def _against_tally(question: Question) -> Tally | None:
    against = question.against
    if against is None:
        return None
    if question.narrowed:
        return other_whole(question)
    if against.is_rest:
        return rest_over(question.page.figures, question.metric, question.scope, against.span)
    return tally_over(question.page.figures, question.metric, against.scope, against.span)


def _beside(question: Question) -> str:
    """How far it lies from what it is set beside, and whether that can be told from chance."""
    if question.against is None:
        return ""
    if question.narrowed and question.other_is_closed:
        return OTHER_CLOSED.format(other=question.against.words)
    metric, other = question.metric, _against_tally(question)
    apart = question.compared(own_tally(question), other)
    theirs = metric.measure.written(metric.figure(other) if other else None)
    n = count(other.denominator) if other else "0"
    words = f"{question.against.words[:1].upper()}{question.against.words[1:]}: {theirs} (n = {n})."
    if apart.apart is None:
        return f"{words} They cannot be set beside each other: one has no value."
    judged = f"{apart.verdict} (95% interval {apart.range_words})" if apart.verdict else NO_INTERVAL
    if apart.why_not:
        judged = f"{apart.verdict}: {apart.why_not}"
    return f"{words} Difference {apart.written(apart.apart)} {metric.measure.words}: {judged}."


def _largest(question: Question) -> str:
    """Which part holds most of what is counted; of people and units nothing is said."""
    cut, metric = question.cut, question.metric
    counted = question.together.tally.numerator
    if cut.of_workers or not names_of(cut, metric) or metric.measure.is_signed or counted <= 0:
        return ""
    most = max(question.parts, key=lambda part: part.tally.numerator)
    if most.tally.numerator == counted or most.is_closed:
        return ""
    words = part_words(cut, most.key, metric)
    return f"Most of it: {words}, {count(most.tally.numerator)} of {count(counted)}."


def _lines(question: Question) -> Iterable[object]:
    """What is always told beside the figure; then which of its numbers are of now."""
    whole, metric = question.whole, question.metric
    if question.narrowed and not question.sees_all(question.scope):
        yield NARROWED_PART
    if _is_closed(question):
        yield f"All rows: {whole.written}."
    elif question.narrowed and whole.tally is not None:
        yield reading_sentences(
            replace(whole, tally=question.together.tally, pair=None, companions={})
        )[0]
        told = (f"All rows: {whole.written}.", pair_words(whole), whole.expected)
        yield " ".join(filter(None, told))
    else:
        yield from _reading(question)
    yield from _partial(question)
    yield from _while_closed(question)
    if question.span.over is not Over.MONTH and not metric.adds_up_over_months:
        yield does_not_add_up(metric)
    if left_out := question.rows_left_out:
        yield LEFT_OUT.format(rows=several(left_out, "row is", "rows are"))
    if not question.page.address.known_now:
        yield from _published(question)


def _while_closed(question: Question) -> Iterable[str]:
    """Which units' parts hold more than the units' own figures do."""
    if question.cut is not BY_UNIT:
        return
    live, units = question.page.live, question.page.figures.units
    for unit_id, months in months_while_closed(live, question.metric, question.span).items():
        yield WHILE_CLOSED.format(
            unit=units.get(unit_id, unit_id), months=", ".join(map(str, months))
        )


def _partial(question: Question) -> Iterable[str]:
    """Which sums over months lack some: the figure's own, and that of what it is set beside."""
    figures, metric = question.page.figures, question.metric
    if not metric.adds_up_over_months:
        return
    for against, scope, span in _sides(question):
        whose = f"{against.words}: " if against else ""
        held = len(months_with_a_figure(figures, metric, scope, span))
        if 0 < held < len(span.months):
            words = (
                f"{whose}only {held} of {len(span.months)} months"
                f" {agreeing(held, 'has', 'have')} a figure."
            )
            yield f"{words[:1].upper()}{words[1:]}"


def _reading(question: Question) -> Iterable[object]:
    """How to read the number; what must not be missed; the rest folded."""
    whole = question.whole
    first, *rest = reading_sentences(whole)
    told = [pair_words(whole), bounds_sentence(whole), whole.expected]
    yield " ".join(filter(None, (first, *told)))
    beside = [sentence for sentence in rest if sentence not in told]
    if beside:
        yield folded("To be read with it", Markup("<p>{}</p>").format(" ".join(beside)))


def _published(question: Question) -> Iterable[Markup]:
    page, metric = question.page, question.metric
    for against, scope, span in _sides(question):
        others = published_otherwise(page.figures, page.live, metric, scope, span)
        if others:
            months = ", ".join(map(str, others))
            verb = agreeing(len(others), "is", "are")
            yield Markup('<span class="cs-compared">{}</span>').format(
                f"{_whose(question, against)}{months} {verb} published with another figure than is"
                f" known now. {OF_NOW if question.narrowed else AS_PUBLISHED}"
            )


def _whose(question: Question, against: Against | None) -> str:
    if against is None:
        return ""
    own = against.scope == question.scope
    return "Set beside it: " if own else f"{question.page.figures.units[against.scope.unit_id]}: "


def _sides(question: Question) -> Iterable[tuple[Against | None, Scope, Span]]:
    """The figure's unit and months, and those of what it is set beside."""
    yield None, question.scope, question.span
    if against := question.against:
        yield against, against.scope, against.span


def _metrics(question: Question) -> Markup:
    address, over = question.page.address, question.said.get("over")
    return picker(
        "Other metrics ▾",
        Markup("").join(
            choice(
                address.link("explore", metric=key, **address.unit, over=over),
                metric.name,
                key == question.metric.key,
                metric.name,
            )
            for key, metric in CATALOGUE.items()
        ),
    )

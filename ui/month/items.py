"""Worth the room's time: the month's items by rule, and all else folded, on the page Month."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from charts.marks import FAULT_MARK, marks_of
from charts.tables import folded, link
from metrics.agenda_rules import Item, Worth, WorthRule, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import View
from metrics.result import Result
from metrics.sentence import headline, sentence, verdict
from metrics.stored.history import NOT_ENOUGH
from metrics.worth.worth_saying import small_words
from ui.address import Address, unit_address_parts
from ui.metric.proposed import proposed
from ui.month.boards import is_first_board

NOT_JUDGED = "Not judged: too few months, still being entered, or a figure without limits"
NONE = (
    "No figure does by enough to matter what it does not usually do, no target is out of reach, and"
    " no fault in the data hides a figure. Everything is below."
)
BEYOND = "Left out, as five are enough"
TOO_SMALL = "Left out, as too small for the room’s time"
UNKNOWN = "No figure of this month has a value, so nothing can be said of it: each says why below."


def worth_section(address: Address, figures: Figures) -> Markup:
    """At most five items, each a link to its chart; the same of all boards on each of them.

    The first board tells them whole. On the others they are one line, to leave room for its own.
    """
    worth = worth_the_rooms_time(figures, address.view.period)
    if not is_first_board(address, figures):
        return _in_brief(address, worth)
    items = Markup("").join(_item(address, figures, item) for item in worth.items)
    nothing = NONE if worth.has_values else UNKNOWN
    listed = Markup("<ul>{}</ul>").format(items) if items else Markup("<p>{}</p>").format(nothing)
    beside = _left_out(address, worth) + _not_looked_at(address, figures)
    note = Markup('<p class="cs-note">{}</p>').format(beside) if beside else Markup("")
    return Markup('<section class="cs-says"><h2>Worth the room’s time</h2>{}{}</section>').format(
        listed, note
    )


def _left_out(address: Address, worth: Worth) -> Markup:
    """What the table below marks and the five do not name: that, and why not."""
    more = [result for item in worth.more for result in item.every]
    return _named(address, BEYOND, more) + _named(address, TOO_SMALL, worth.small)


def _named(address: Address, why: str, results: Sequence[Result]) -> Markup:
    links = [
        Markup("<span>{} {}</span>").format(
            marks_of(one), link(_where(address, one), f"{one.metric.short_name}, {one.unit_name}")
        )
        for one in results
    ]
    if not links:
        return Markup("")
    return Markup("<span>{}: {}.</span> ").format(why, Markup(", ").join(links))


def _in_brief(address: Address, worth: Worth) -> Markup:
    told = Markup(" ").join(
        Markup("<span>{}{}</span>").format(
            _mark(item), link(_where(address, item.result), headline(item.result))
        )
        for item in worth.items
    )
    return Markup('<p class="cs-brief"><b>Worth the room’s time</b> {}</p>').format(
        told or (NONE if worth.has_values else UNKNOWN)
    )


def _not_looked_at(address: Address, figures: Figures) -> Markup:
    """The metrics of which nothing can be said, lest silence pass for nothing to say."""
    results = [figures.result(metric, View(address.view.period)) for metric in CATALOGUE.values()]
    missing = [result for result in results if result.not_in_source]
    too_early = [result for result in results if result.not_yet and not result.not_in_source]
    return _said_of_none(address, "Not in this source", missing) + _said_of_none(
        address, NOT_ENOUGH, too_early
    )


def _said_of_none(address: Address, why: str, results: Sequence[Result]) -> Markup:
    metrics = [result.metric for result in results]
    links = [link(address.link("metric", metric=one.key), one.name) for one in metrics]
    if not links:
        return Markup("")
    return Markup("<span>{}, so nothing is said of it: {}.</span> ").format(
        why, Markup(", ").join(links)
    )


def _item(address: Address, figures: Figures, item: Item) -> Markup:
    return Markup(
        '<li class="cs-{}">{}<div><p>{} <em>{}</em></p> <span>{}{} {}</span></div></li>'
    ).format(
        item.rule.name.lower().replace("_", "-"),
        _mark(item),
        link(_where(address, item.result), headline(item.result)),
        item.question,
        _why(item),
        _others(address, item),
        proposed(address, figures, item.metric, item.result.view),
    )


def _mark(item: Item) -> Markup:
    """The figure's own marks; a fault in the data has one of its own, also where all is lost."""
    is_fault = item.rule is WorthRule.DATA_FAULT
    marks = FAULT_MARK if is_fault else marks_of(item.result)
    return Markup('<em class="cs-marks">{}</em>').format(marks)


def _why(item: Item) -> str:
    told = " ".join(filter(None, (verdict(item.result), item.moved)))
    return told or sentence(item.result)


def _others(address: Address, item: Item) -> Markup:
    return Markup("").join(
        Markup(" {}: {}.").format(
            says,
            Markup(", ").join(link(_where(address, one), item.name_of(one)) for one in results),
        )
        for says, results in item.others_by_rule
    )


def _where(address: Address, result: Result) -> str:
    return address.link(
        "metric", metric=result.metric.key, **unit_address_parts(result.view.scope.unit_id)
    )


def the_rest(address: Address, figures: Figures) -> Markup:
    """Everything else, folded: usual variation, what can't be judged, and more by the rules."""
    worth = worth_the_rooms_time(figures, address.view.period)
    more = [result for item in worth.more for result in item.every]
    groups = (
        ("Found by the same rules, beyond the first five", more, _nothing),
        ("Unusual, and too small for the room’s time", worth.small, _why_small),
        ("Usual variation: nothing to explain", worth.usual, _nothing),
        (
            NOT_JUDGED,
            worth.unjudged,
            _nothing,
        ),
    )
    return folded(
        _rest_counted(worth, len(more)),
        Markup("").join(_group(address, title, of, why) for title, of, why in groups if of),
    )


def _rest_counted(worth: Worth, more: int) -> str:
    counted = (
        (more, "more by the same rules"),
        (len(worth.small), "unusual but small"),
        (len(worth.usual), "of usual variation"),
        (len(worth.unjudged), "not judged yet"),
    )
    counts = ", ".join(f"{number} {words}" for number, words in counted if number)
    return f"All other figures: {counts or 'none'}"


def _why_small(result: Result) -> str:
    return f" {small_words(result)}"


def _nothing(_: Result) -> str:
    return ""


def _group(
    address: Address, title: str, results: Iterable[Result], reason: Callable[[Result], str]
) -> Markup:
    lines = Markup("").join(
        Markup("<li>{}{}</li>").format(
            link(_where(address, result), sentence(result)), reason(result)
        )
        for result in results
    )
    return Markup("<h3>{}</h3><ul>{}</ul>").format(title, lines)

"""The Metric page's parts: message, reading, units compared, what has become of the figure."""

from collections.abc import Mapping

from markupsafe import Markup

from charts.marks import marks_of
from charts.svg import dot_on_line
from charts.tables import link, table
from meeting.published.comparing import changes, compare, difference, not_held
from meeting.published.frozen import Frozen
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import interval_of, reading_sentences, sentence_in_two, why_no_value
from metrics.spc.differences import DIFFERENT, differs
from ui.address import Address, unit_address_parts
from ui.frame import choice, picker, unit_picker
from ui.metric.chart import chosen_result
from ui.month.table import n_words
from ui.published_months import other_link
from ui.session import Page

COMPARED = ("Unit", "Value", "Beside the service")
IN_ORDER = "Units stand in their own order; the line up and down is the service."
HOW_COMPARED = (
    f"Lines across are 95% intervals. {IN_ORDER} One is marked different only where"
    " chance would do it less than once in a thousand."
)


def message(address: Address, figures: Figures) -> Markup:
    """The title says what the chart shows; the lines under it say how to read the number."""
    result = chosen_result(address, figures)
    units = figures.units_open(address.view.period)
    names = {key: metric.name for key, metric in CATALOGUE.items()}
    first, *_ = reading_sentences(result)
    head, verdict = sentence_in_two(result)
    mark = marks_of(result, is_said_beside=True)
    dot = Markup(' <span class="cs-quiet">·</span> {}')
    explore = address.link("explore", metric=address.metric.key, **address.unit)
    rows = "" if result.never_counted else dot.format(link("#rows", "The rows behind it ↓"))
    rows += dot.format(link(explore, "Cut it, compare it →"))
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">{}{}</nav></div>{}'
        '<p class="cs-under">{}{}</p>'
    ).format(
        head,
        unit_picker("metric", address, units, metric=address.metric.key),
        _metric_picker(address, names),
        Markup('<p class="cs-verdict">{} {}</p>').format(mark, verdict) if verdict else "",
        first,
        rows,
    )


def _metric_picker(address: Address, metrics: Mapping[str, str]) -> Markup:
    choices = (
        choice(
            address.link("metric", metric=key, **address.unit),
            name,
            key == address.metric.key,
            name,
        )
        for key, name in metrics.items()
    )
    return picker("Other metrics ▾", Markup("").join(choices))


def question_and_units(address: Address, figures: Figures) -> Markup:
    """Beside the chart: what the meeting asks, and the units compared."""
    return Markup('<p class="cs-question">{}</p>{}').format(
        address.metric.question, units_compared(address, figures)
    )


def units_compared(address: Address, figures: Figures) -> Markup:
    """Each unit's value in the units' own order, the service last and as an upright line."""
    metric, period = address.metric, address.view.period
    results = {
        unit_id: figures.result(metric, View(period, Scope(unit_id)))
        for unit_id in figures.units_open(period)
    }
    values = [interval for result in results.values() for interval in interval_of(result) or ()]
    values += [result.value for result in results.values() if result.value is not None]
    ends = (min([0, *values]), max(values)) if values else (0.0, 0.0)
    rows = [
        _unit_compared(address, result, ends, results[SERVICE])
        for result in results.values()
        if result.tally is not None and not _is_of_nobody(address, result)
    ]
    headings = (*COMPARED, _capital(metric.words.counted), "")
    how = HOW_COMPARED if metric.is_share_of_things else IN_ORDER
    if metric.why_not_compared:
        how = f"{IN_ORDER} Units are not compared: {metric.why_not_compared}."
    return Markup('{}<p class="cs-note cs-quiet">{}</p>').format(table(headings, rows), how)


def _is_of_nobody(address: Address, result: Result) -> bool:
    """Whether it is "No unit", of which there is nothing: unless it is the one asked for."""
    scope = result.view.scope
    return scope.unit_id is None and result.tally == Tally() and scope != address.view.scope


def _unit_compared(
    address: Address, result: Result, ends: tuple[float, float], service: Result
) -> tuple[object, ...]:
    scope = result.view.scope
    is_chosen = scope == address.view.scope
    where = address.link("metric", metric=address.metric.key, **unit_address_parts(scope.unit_id))
    name = Markup("<b>{}</b>").format(result.unit_name) if is_chosen else result.unit_name
    if result.value is None:
        return link(where, name), "–", why_no_value(result), n_words(result), Markup("")
    drawn = dot_on_line(result.value, ends, service.value, interval_of(result), is_chosen)
    judged = "" if scope.is_service or not differs(result, service) else DIFFERENT
    return link(where, name), result.written, drawn, n_words(result), Markup(judged)


def change_since_published(page: Page) -> Markup:
    """What has become of a published figure since: nothing for a month that is not published."""
    frozen, store, address = (
        page.published.of(page.address.view.period),
        page.published.store,
        page.address,
    )
    if frozen is None or store is None:
        return Markup("")
    metric, view = address.metric, address.view
    both = compare(frozen, page.live).get((metric.key, view.scope.unit_id))
    if both is None:
        return Markup("")
    if view.period not in page.live.months:
        return Markup('<p class="cs-compared">{}{}</p>').format(
            not_held(view.period, page.live), _corrected(frozen)
        )
    changed = page.cached_as(
        changes, lambda: changes(store, frozen.publication, page.engine, page.live, metric, view)
    )
    words = "As published" if address.known_now else "As known now"
    return Markup('<p class="cs-compared">{} {}{}</p>').format(
        difference(metric, both, changed),
        other_link("metric", address, words + " →"),
        _corrected(frozen),
    )


def _corrected(frozen: Frozen) -> str:
    reason = frozen.publication.reason
    return f" Version {frozen.publication.version}: {reason}" if reason else ""


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def rows_heading(page: Page) -> Markup:
    metric, result = page.address.metric, chosen_result(page.address, page.figures)
    return Markup('<h2 id="rows">The rows behind {}</h2><p class="cs-quiet cs-note">{}</p>').format(
        result.written if result.value is not None else "it",
        f"One row is {metric.words.one_row_is}. {metric.words.counted_out_of}"
        " Rows that count come first.",
    )


def file_name(address: Address, what: str, ending: str = ".csv") -> str:
    unit = "-".join(address.unit.values()) or "service"
    return f"{address.metric.key}-{unit}-{address.view.period.key}-{what}{ending}"

"""How Explore calls things: parts, what is left out, and how small a number is."""

from dataclasses import replace

from markupsafe import Markup

from data_access.viewer import names_of_workers
from metrics.explore.cutting import BELOW, Narrowed, Part
from metrics.kinds.small_numbers import what_one_is_worth
from metrics.model import Cut, Metric, Tally
from ui.explore.narrowing import names_of
from ui.explore.question import Question

# A share of so few things moves by five points or more with each of them.
FEW_THINGS = 20
FEW = 6


def part_words(cut: Cut, key: object, metric: Metric) -> str:
    """A part as people call it; of a worker see `worker_words`."""
    if metric.split.by == cut.key:
        return metric.split.name(None if key is None else str(key))
    if key is None:
        return cut.missing
    if cut.bands:
        return _band_words(cut, int(str(key)))
    names = names_of(cut, metric)
    return names.get(str(key), str(key).replace("_", " "))


def _band_words(cut: Cut, lowest: int) -> str:
    """As in "5 to 9", "0", "18 or more"."""
    if lowest == BELOW:
        return cut.below or f"under {cut.bands[0]}"
    place = cut.bands.index(lowest)
    if place == len(cut.bands) - 1:
        return f"{lowest} or more"
    highest = cut.bands[place + 1] - 1
    return str(lowest) if highest == lowest else f"{lowest} to {highest}"


def place_of(question: Question, part: Part) -> tuple[object, ...]:
    """What to sort parts by: names' order, bands; workers by unit and name; never by a value."""
    cut, key = question.cut, part.key
    if cut.of_workers:
        unit_id, _, worker_id, worker_name = part.who
        units = list(question.page.live.units)
        unit = units.index(unit_id) if unit_id in units else len(units)
        return unit, worker_id is None, worker_name or "", worker_id or ""
    if cut.key == "unit_id":
        units = list(question.page.live.units)
        return (units.index(key) if key in units else len(units),)
    order = list(names_of(cut, question.metric))
    known = order.index(str(key)) if key in order else len(order)
    return part.is_closed, key is None, known, key if isinstance(key, int) else 0, str(key)


def narrowed_words(question: Question) -> str:
    """What of the rows is left, in words: ", social workers only"."""
    return "".join(_one_narrowed(question, one) for one in question.narrowed)


def _one_narrowed(question: Question, one: Narrowed) -> str:
    if one.cut.of_workers:
        names = " and ".join(_worker_names(question, one))
    else:
        names = " and ".join(_with_what(one.cut, key, question.metric) for key in one.parts)
    return f", without {names}" if one.leaves_out else f", {names} only"


def _worker_names(question: Question, one: Narrowed) -> list[str]:
    ids = [str(key) for key in one.parts if key is not None]
    names = names_of_workers(question.page.engine, ids, question.page.viewer)
    return [
        one.cut.missing if key is None else names.get(str(key)) or str(key) for key in one.parts
    ]


def _with_what(cut: Cut, key: object, metric: Metric) -> str:
    """A number alone does not say of what."""
    words = part_words(cut, key, metric)
    return f"{cut.name.lower()} {words}" if cut.bands or key is None else words


def warning(question: Question, tally: Tally) -> str:
    """That a part is too small to rest anything on: what one thing would move it by."""
    metric = question.metric
    if metric.is_share_of_things and 0 < tally.denominator < FEW_THINGS:
        return what_one_is_worth(replace(question.whole, tally=tally)) or ""
    is_mean = not metric.measure.is_share and metric.measure.is_signed
    return f"{tally.denominator:g} only" if is_mean and 0 < tally.denominator < FEW else ""


def framed(content: Markup, says: str) -> Markup:
    """A table in a frame that scrolls by itself, by keys too, and says what it holds."""
    return Markup(
        '<div class="cs-frame" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(says, content)

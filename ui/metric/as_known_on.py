"""What the month was known as on a day, on the page of a metric that can be asked so."""

from datetime import date, timedelta

from markupsafe import Markup

from charts.tables import link, table
from data_access.database import read
from data_access.problems import Problem
from metrics.late_entry.as_known_on import Change, change_of, change_words, refuse_day, then_and_now
from metrics.model import SERVICE, Metric, Tally
from metrics.sentence import count, written_date
from ui.address import WrongAddress, unit_address_parts
from ui.session import Page

DAYS_OFFERED = (0, 7, 14, 28)


def known_then(page: Page) -> Markup:
    """Under the title: what the month was known as on the address's day, else days to choose."""
    address, metric = page.address, page.address.metric
    day = address.known_on
    if metric.beside.late_entry is None and day is None:
        return Markup("")
    if day is None:
        days = _days_to_choose(page)
        return Markup('<p class="cs-note cs-quiet">{}</p>').format(days) if days else days
    change = _changes_of(page, day).get(address.view.scope.unit_id, Change())
    sentence = change_words(metric, address.view.period, day, change)
    every_unit = link("#known", "Every unit ↓")
    return Markup('<p class="cs-known">{} {}</p>').format(sentence, every_unit)


def as_known(page: Page) -> Markup:
    """Where the address names a day: each unit as it was known then and now."""
    day = page.address.known_on
    if day is None:
        return Markup("")
    return Markup(
        '<section id="known"><h2>As it was known on {}</h2>{}<p class="cs-note">{}</p>'
        '<p class="cs-note cs-quiet">A visit without a recording date counts as known at once.'
        " Plans, allocations and agreed intervals are those known now.</p></section>"
    ).format(
        written_date(day),
        _units(page, page.address.metric, _changes_of(page, day)),
        _days_to_choose(page),
    )


def _changes_of(page: Page, day: date) -> dict[str | None, Change]:
    address, metric = page.address, page.address.metric
    try:
        refuse_day(metric, address.view.period, day, page.live.load.as_at)
    except Problem as problem:
        where = address.link("metric", metric=metric.key, **address.unit)
        raise WrongAddress(str(problem), {"The figure as known now": where}) from None
    return page.cached_as(_changes, lambda: _changes(page))


def _changes(page: Page) -> dict[str | None, Change]:
    """Each unit's change and the service's: counts, which hold no person."""
    address = page.address
    assert address.known_on is not None
    query = then_and_now(address.metric, address.view.period, page.basis, address.known_on)
    of_units = {row.unit_id: change_of(row._mapping) for row in read(page.engine, query)}
    return of_units | {SERVICE: sum(of_units.values(), Change())}


def _units(page: Page, metric: Metric, changes: dict[str | None, Change]) -> Markup:
    day = page.address.known_on
    assert day is not None
    rows = [
        (
            link(_where(page, unit_id), name),
            *_shown(metric, changes[unit_id].then),
            *_shown(metric, changes[unit_id].now),
            changes[unit_id].entered,
        )
        for unit_id, name in page.figures.units_open(page.address.view.period).items()
        if unit_id in changes
    ]
    headings = (
        "Unit",
        f"On {day.day} {day:%b}",
        "n then",
        "Now",
        "n now",
        "Made in time, entered since",
    )
    return table(headings, rows)


def _where(page: Page, unit_id: str | None) -> str:
    address_parts = {"metric": page.address.metric.key, "known": page.address.known_on}
    return page.address.link("metric", **address_parts, **unit_address_parts(unit_id)) + "#known"


def _shown(metric: Metric, tally: Tally) -> tuple[str, str]:
    return metric.measure.written(metric.figure(tally)), count(tally.denominator)


def _days_to_choose(page: Page) -> Markup:
    """Links to days after the month's end that the data cover, in order."""
    address, figures = page.address, page.figures
    ends = address.view.period.last_day
    offered = sorted({figures.settings.reported_on_day, *DAYS_OFFERED})
    days = [ends + timedelta(days) for days in offered]
    address_parts = {"metric": address.metric.key, **address.unit}
    links = [
        link(address.link("metric", **address_parts, known=day) + "#known", written_date(day))
        for day in days
        if day < figures.load.as_at and day != address.known_on
    ]
    if address.known_on is not None:
        links.append(link(address.link("metric", **address_parts), "now"))
    if not links:
        return Markup("")
    return Markup("As it was known on: {}").format(Markup(" · ").join(links))

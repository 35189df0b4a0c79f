"""What stands around every page: title, as at, notice, month picker, navigation, faults."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from charts.tables import link
from metrics.figures import Figures
from metrics.model import Period
from metrics.signs import Sign
from ui.address import Address, unit_address_parts
from ui.guard import kept_open
from ui.learning.way import way_to_remarks
from ui.on_screen import on_screen
from ui.pages import HOME, PAGES, Keeps, RegisteredPage, href, menu_of
from ui.who import Looking

INVENTED = "Invented data"
CHILDSTAT = "ChildStat"
PUBLISHED = Sign.PUBLISHED.says("published")


def bare_title(name: str) -> str:
    """What the browser's tab says of a page whose address isn't read yet, or leads nowhere."""
    return f"{PAGES[name].title} · {CHILDSTAT}"


def tab_title(name: str, address: Address, figures: Figures) -> str:
    """What the browser's tab says: which figure or unit, and which month; never a person.

    As in "Out-of-timescale visits, Unit 2, September 2016 · ChildStat".
    """
    page = PAGES[name]
    unit = figures.units[address.view.scope.unit_id] if address.names_unit else None
    month = str(address.view.period) if page.of_a_month else None
    parts = dict.fromkeys((_called(page, address, unit), unit, month))
    return f"{', '.join(part for part in parts if part)} · {CHILDSTAT}"


def _called(page: RegisteredPage, address: Address, unit: str | None) -> str:
    if page.called_by is Keeps.FIGURE:
        return address.metric.short_name
    return unit if unit and page.called_by is Keeps.UNIT else page.title


def header(
    page: str,
    address: Address,
    figures: Figures,
    looking: Looking,
    as_at: Markup,
    standing: Markup,
    published: Collection[Period],
) -> Markup:
    """The line on top of every page: where one is, as at which day, and the way elsewhere.

    A page that is the same in every month names none and steps to none.
    """
    has_months = PAGES[page].has_months
    title = f"{CHILDSTAT} · {address.view.period}" if has_months else CHILDSTAT
    heading = Markup("<h1>{}</h1>") if page == HOME else Markup('<p class="cs-home">{}</p>')
    return Markup(
        '<header class="cs-head">{}{}{}<nav class="cs-menu" aria-label="Pages">{}</nav>{}</header>'
    ).format(
        heading.format(title),
        months_menu(page, address, figures, published) if has_months else "",
        invented(figures),
        navigation(page, address, looking),
        _second_line(
            Markup('<span class="cs-as-at">{}</span>').format(as_at),
            standing,
            looking,
            way_to_remarks(page, address, looking),
        ),
    )


def _second_line(as_at: Markup, standing: Markup, looking: Looking, remarks: str = "") -> Markup:
    """As at which day, whether the month is published, the guide, and whose session this is."""
    return Markup('<div class="cs-second">{}{}{}{}{}</div>').format(
        as_at, standing, _help(looking), remarks, who(looking)
    )


def _help(looking: Looking) -> Markup:
    """The way to the guide, for whoever may open it: not for the projector's own session."""
    viewer = looking.viewer
    if looking.is_meeting or not (viewer.figures or viewer.units or viewer.acts):
        return Markup("")
    return link(href("help"), PAGES["help"].title)


def office_header(name: str, looking: Looking) -> Markup:
    """The same of a page that shows no month: which it is, and the ways to the others."""
    links = Markup("").join(
        _nav_link(href(page.name), page.title, page.name == name)
        for page in menu_of(looking.viewer, looking.is_meeting)
    )
    return Markup(
        '<header class="cs-head"><p class="cs-home">ChildStat</p>'
        '<nav class="cs-menu" aria-label="Pages">{}</nav>{}</header>'
    ).format(links, _second_line(Markup(""), Markup(""), looking))


def doubts(sentence: str | None) -> Markup:
    """One line on every page whose figures may be wrong, as far as that is known."""
    return (
        Markup('<p class="cs-trouble" role="status">{}</p>').format(sentence)
        if sentence
        else Markup("")
    )


def invented(figures: Figures) -> Markup:
    if not figures.load.invented:
        return Markup("")
    return Markup('<strong class="cs-notice">{}</strong>').format(INVENTED)


def navigation(page: str, address: Address, looking: Looking) -> Markup:
    """The pages open to the viewer, as links that keep the month, and what each opens with."""
    return Markup("").join(
        _nav_link(
            address.link(to.name, **kept_open(to.name, address, looking.viewer)),
            to.title,
            to.name == page,
        )
        for to in menu_of(looking.viewer, looking.is_meeting)
    )


def who(looking: Looking) -> Markup:
    """Whose session this is, and the way out of it; nothing where nobody signs in."""
    if looking.signed_in is None:
        return Markup("")
    return Markup(
        '<form class="cs-who" method="post" action="./sign-out"><span>{}</span>'
        '<button class="cs-button" type="submit">Sign out</button></form>'
    ).format(looking.viewer.name)


def _nav_link(where: str, words: str, is_here: bool) -> Markup:
    here = Markup(' aria-current="page"') if is_here else ""
    return Markup('<a href="{}"{}>{}</a>').format(where, here, words)


def months_menu(
    page: str, address: Address, figures: Figures, published: Collection[Period]
) -> Markup:
    """Beside the month: the one before, the one after, and all that have data."""
    to = HOME if PAGES[page].of_a_row else page
    place = figures.months.index(address.view.period)
    before, after = figures.months[:place][-1:], figures.months[place + 1 :][:1]
    return Markup('<nav class="cs-months" aria-label="Months">{}{}{}</nav>').format(
        _step(to, address, before, "‹", "Previous month"),
        _step(to, address, after, "›", "Next month"),
        month_picker(to, address, figures, published),
    )


def _step(to: str, address: Address, month: Sequence[Period], sign: str, words: str) -> Markup:
    """A link to the month; where there is none, a sign that says so and leads nowhere."""
    if not month:
        return Markup(
            '<span class="cs-step" role="link" aria-disabled="true" title="{0}: none has data"'
            ' aria-label="{0}: none has data">{1}</span>'
        ).format(words, sign)
    return Markup('<a class="cs-step" href="{}" title="{}" aria-label="{}">{}</a>').format(
        _in_month(to, address, month[0]), *(f"{words}: {month[0]}",) * 2, sign
    )


def _in_month(to: str, address: Address, month: Period) -> str:
    return address.link(to, **{**address.kept_by(to), "month": month.key})


def month_picker(
    to: str, address: Address, figures: Figures, published: Collection[Period]
) -> Markup:
    """The months that have data, a row a year, behind a button; links, so that keys reach them."""
    years = Markup("").join(
        _year([month for month in figures.months if month.year == year], to, address, published)
        for year in sorted({month.year for month in figures.months}, reverse=True)
    )
    key = Markup('<p class="cs-note">{}</p>').format(PUBLISHED) if published else ""
    return picker("Months ▾", Markup("{}{}").format(years, key))


def _year(
    months: Sequence[Period], to: str, address: Address, published: Collection[Period]
) -> Markup:
    """One row of months; a published one has its mark and says so."""
    choices = Markup("").join(
        choice(
            _in_month(to, address, month),
            f"{month.start:%b}{f' {Sign.PUBLISHED.shape}' if month in published else ''}",
            month == address.view.period,
            f"{month}, published" if month in published else str(month),
        )
        for month in months
    )
    return Markup('<div class="cs-year"><b>{}</b>{}</div>').format(months[0].year, choices)


def picker(title: str, choices: Markup) -> Markup:
    return Markup(
        '<details class="cs-picker"><summary class="cs-button">{}</summary>'
        '<div class="cs-choices">{}</div></details>'
    ).format(title, choices)


def choice(where: str, words: str, is_here: bool, says: str) -> Markup:
    """One link of a picker."""
    here = Markup(' aria-current="true"') if is_here else ""
    return Markup('<a href="{}" aria-label="{}"{}>{}</a>').format(where, says, here, words)


def unit_picker(
    page: str, address: Address, units: Mapping[str | None, str], **address_parts: str
) -> Markup:
    """Units as links, in the order given."""
    choices = Markup("").join(
        choice(where, name, unit_id == address.view.scope.unit_id, name)
        for unit_id, name in units.items()
        for where in [unit_link(page, address, unit_id, **address_parts)]
        if where
    )
    return picker("Other units ▾", choices)


def unit_link(page: str, address: Address, unit_id: str | None, **address_parts: str) -> str:
    return address.link(page, **address_parts, **unit_address_parts(unit_id))


def fault(sentence: str, choices: Mapping[str, str], looking: Looking) -> Markup:
    """A page for what cannot be shown: what is wrong and what to do, in words."""
    links = Markup("").join(
        Markup("<li>{}</li>").format(link(where, words)) for words, where in choices.items()
    )
    return Markup(
        '<header class="cs-head"><p class="cs-home">ChildStat</p>{}{}</header>'
        '<section class="cs-wrong" role="alert"><h1>This cannot be shown</h1><p>{}</p><ul>{}</ul>'
        "</section>"
    ).format(_help(looking), who(looking), on_screen(sentence), links)

"""Which months are published, and how every page says whether it shows what was published."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_bytes

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link
from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from meeting.figure_notes import notes_of
from meeting.published.frozen import Frozen, frozen_figures, newest_publications
from metrics.figures import Figures
from metrics.model import Period
from metrics.publication import Note
from metrics.sentence import written_date
from metrics.signs import Sign
from ui.address import Address
from ui.on_screen import on_screen
from ui.pages import PAGES

# A server that does not answer is not asked again at every page.
SECONDS_UNTIL_ASKED_AGAIN = 60
KEY_OF_THIS_PROCESS = token_bytes(32)


@dataclass(frozen=True)
class Published:
    """The newest version of every published month; `trouble` is why it could not be read."""

    store: Engine | None
    frozen: Mapping[Period, Frozen] = field(default_factory=dict)
    notes: Mapping[tuple[str, str | None], tuple[Note, ...]] = field(default_factory=dict)
    version: str = ""
    editions: str = ""
    trouble: str | None = None
    # What addresses are coded with; without the store, links live as long as this process.
    key: bytes = KEY_OF_THIS_PROCESS

    def of(self, period: Period) -> Frozen | None:
        return self.frozen.get(period)


def published_months(url: str) -> Published:
    """What the store at `url` holds; never a Problem: pages go on without it, and say so."""
    opened = _opened(url)
    if isinstance(opened, str):
        return Published(None, version=opened, trouble=opened)
    try:
        editions = repr([publication.id for publication in newest_publications(opened).values()])
        version = f"{editions} {notes_of(opened)!r}"
        published = _read_published(opened, f"{url} {version}")
        key = key_of_addresses(opened)
        return replace(published, version=version, editions=editions, key=key)
    except Problem as problem:
        return Published(None, version=str(problem), trouble=str(problem))


def _release(opened: Engine | str) -> None:
    if isinstance(opened, Engine):
        opened.dispose()


@st.cache_resource(
    ttl=SECONDS_UNTIL_ASKED_AGAIN, max_entries=2, show_spinner=False, on_release=_release
)
def _opened(url: str) -> Engine | str:
    """The store, or one sentence why it can't be opened."""
    try:
        return open_store(url)
    except Problem as problem:
        return str(problem)


@st.cache_resource(max_entries=2, show_spinner=False)
def _read_published(_store: Engine, version: str) -> Published:  # noqa: ARG001  part of the cache's key
    frozen = {
        period: frozen_figures(_store, publication)
        for period, publication in newest_publications(_store).items()
    }
    return Published(_store, frozen, notes_of(_store))


def as_at(name: str, address: Address, figures: Figures) -> Markup:
    """As at which day the page's figures are; work lists and children are as known now."""
    page = PAGES[name]
    is_of_the_month = page.of_a_month and not page.of_today
    day = figures.as_at(address.view.period) if is_of_the_month else figures.load.as_at
    return Markup("as at {}").format(written_date(day))


def standing_line(
    name: str, address: Address, figures: Figures, published: Published, live: Figures
) -> Markup:
    """Whether the month is frozen, changed since, or provisional; nothing of pages of no month."""
    if not PAGES[name].of_a_month:
        return Markup("")
    standing = _standing_words(name, address, figures, published, live)
    if PAGES[name].of_today:
        day = written_date(figures.as_at(address.view.period))
        standing = Markup("figures as at {}: {}").format(day, standing)
    return Markup('<p class="cs-standing">{}</p>').format(standing)


def _standing_words(
    name: str, address: Address, figures: Figures, published: Published, live: Figures
) -> object:
    period = address.view.period
    frozen = published.of(period)
    if published.trouble:
        return "published or not: not known"
    if figures.is_provisional(period):
        return "provisional: the month is not over"
    if frozen is None:
        return "provisional: not published"
    if address.known_now:
        return Markup("as known now · {}").format(other_link(name, address, "as published"))
    done = figures.stamps[period]
    return Markup("{} published: frozen {} (version {}) by {} · {}").format(
        Sign.PUBLISHED.shape,
        written_date(done.frozen_on),
        done.version,
        done.by,
        other_link(name, address, "as known now")
        if period in live.months
        else "no longer in the data loaded",
    )


def other_link(name: str, address: Address, words: str) -> Markup:
    """To the same place as published, or as known now: whichever is not shown."""
    other = replace(address, known_now=not address.known_now)
    return link(other.link(name, **address.kept_by(name)), words)


def trouble(published: Published) -> Markup:
    """One line where the store can't be read: what the page lacks, and why."""
    if not published.trouble:
        return Markup("")
    return Markup(
        '<p class="cs-trouble" role="status">Shown as known now, not as published. {}</p>'
    ).format(on_screen(published.trouble))

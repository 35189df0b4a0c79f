"""Streamlit's side: who looks, at what, and the caches. Every page's first line opens it here."""

import logging
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from access.gate.ticket import session_on
from charts.palette import style_sheet
from data_access.database import connect
from data_access.problems import NotAllowed, Problem
from data_access.served_load import version_of
from data_access.settings import VARIABLES, Settings, settings_path
from data_access.viewer import Viewer, local_viewer
from meeting.published.frozen import Frozen, overlaid
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from metrics.model import Basis
from ui import frame
from ui.address import Address, WrongAddress, read_address
from ui.pages import HOME, PAGES, href
from ui.published_months import Published, as_at, published_months, standing_line, trouble

THEME = Path(__file__).parent / "theme.css"
COLOURS = f"<style>{style_sheet()}</style>"
WAY_OUT = {PAGES[HOME].title: href(HOME)}
Cached = TypeVar("Cached")
log = logging.getLogger("childstat")


@dataclass(frozen=True)
class Page:
    """One opening of one page: the place, the figures, and who looks."""

    name: str
    address: Address
    figures: Figures
    live: Figures
    engine: Engine
    viewer: Viewer
    published: Published
    version: str
    stamp: str  # names the rows in an address: a position means nothing in other rows
    started: float

    @property
    def shown(self) -> Frozen | None:
        """The published month that this page shows; None where it shows what is known now."""
        return None if self.address.known_now else self.published.of(self.address.view.period)

    @property
    def basis(self) -> Basis:
        return Basis(self.live.settings, self.live.load.as_at)

    def refuse_another_load(self) -> None:
        """An address that points at a position is good in the load that it was made in."""
        if self.address.load not in (None, self.stamp):
            raise WrongAddress(
                "Other data have been loaded since this link was made, or a month published, so it"
                " may lead to somebody else: open the list again."
            )

    def header(self) -> Markup:
        day = as_at(self.name, self.address, self.figures)
        standing = standing_line(self.name, self.address, self.figures, self.published, self.live)
        head = frame.header(self.name, self.address, self.figures, day, standing)
        changed = frame.not_as_set(self.figures.not_as_set(self.address.view.period))
        return Markup("{}{}{}").format(head, changed, trouble(self.published))

    def cached(self, part: Callable[[Address, Figures], Cached]) -> Cached:
        """`part` of this page, made once for each place: only of figures, never of records."""
        return self.cached_as(part, lambda: part(self.address, self.figures))

    def cached_as(self, part: Callable, make: Callable[[], Cached]) -> Cached:
        """What `make` gives, made once for each place and known by the name of `part`."""
        view, metric = self.address.view, self.address.metric
        known_on = self.address.known_on
        place = repr((part.__module__, part.__qualname__, view, metric.key, known_on))
        return _cached(place, self.version, make)

    def draw(self, *parts: Markup) -> None:
        """One element of HTML; it carries the server's milliseconds up to here."""
        draw(self.name, parts, self.started)


def draw(name: str, parts: tuple[Markup, ...], started: float) -> None:
    """Puts HTML on the page: text that is not Markup, so not known to be escaped, is escaped."""
    spent = f"{(perf_counter() - started) * 1000:.1f}"
    st.html(
        Markup('<div class="cs cs-page-{}" data-server-ms="{}">{}</div>').format(
            name, spent, Markup("").join(parts)
        )
    )


@contextmanager
def open_page(name: str) -> Iterator[Page]:
    """The guard: nothing of a page runs before who looks, the data and the address are known.

    Whatever is wrong, then or later, is told in one sentence instead of the page.
    """
    started = perf_counter()
    st.set_page_config(page_title=f"{PAGES[name].title} · ChildStat", layout="wide")
    st.html(COLOURS)
    st.html(THEME)
    try:
        yield _opened(name, started)
    except WrongAddress as wrong:
        _tell(str(wrong), {**wrong.choices, **WAY_OUT}, started)
    except Problem as problem:
        _tell(str(problem), WAY_OUT, started)
    except Exception as mistake:  # noqa: BLE001  a stack trace could show a child's data
        _note(mistake)
        _tell(
            "ChildStat made a mistake on this page; its log says where. Nothing was changed."
            " Please tell whoever looks after ChildStat.",
            WAY_OUT,
            started,
        )


def _tell(sentence: str, choices: Mapping[str, str], started: float) -> None:
    draw("fault", (frame.fault(sentence, choices),), started)
    st.stop()


def _note(mistake: Exception) -> None:
    """Where it happened, and never the values: they may be a child's."""
    place = traceback.extract_tb(mistake.__traceback__)[-1]
    log.error("%s at %s:%s", type(mistake).__name__, place.filename, place.lineno)


def _opened(name: str, started: float) -> Page:
    settings = _settings(_settings_version())
    viewer = _viewer(settings)
    version = version_of(settings.database_url)
    engine = _engine(settings.database_url, version)
    live = _figures(engine, settings, repr(settings), version)
    if not live.months:
        raise Problem(
            "The case database holds no figures yet: load data with"
            " 'python childstat.py load …', or build the demonstration council with"
            " 'python childstat.py demo'."
        )
    published = published_months(settings.meeting_store_url)
    rows = f"{version} {published.editions}"
    version = f"{version} {settings!r} {published.version}"
    query = st.query_params.to_dict()
    live, frozen = _with_the_store(live, published, repr(settings), version)
    figures = live if "known" in query else frozen
    address = read_address(query, figures)
    version = f"{version} {address.known_now}"
    stamp = sha256(f"{rows} {address.known_now}".encode()).hexdigest()[:8]
    return Page(name, address, figures, live, engine, viewer, published, version, stamp, started)


def _viewer(settings: Settings) -> Viewer:
    """Who looks, by the gate's word alone: a page that it did not open stays closed."""
    if session_on(st.context.headers) is None:
        raise NotAllowed(
            "This page was asked for without passing ChildStat's gate, so nothing is shown: start"
            " ChildStat with 'python childstat.py run', in its own folder."
        )
    return local_viewer(settings)


def _settings_version() -> tuple[object, ...]:
    """Changes with the settings' file and with the variables that go before it."""
    file = settings_path()
    changed = file.stat().st_mtime_ns if file.exists() else None
    return changed, *(os.environ.get(name) for name in VARIABLES)


@lru_cache(maxsize=1)
def _settings(_version: tuple[object, ...]) -> Settings:
    return checked_settings()


def _release(engine: Engine) -> None:
    engine.dispose()


# DuckDB gives one process one instance of a path: the old must be let go before a new load opens.
@st.cache_resource(max_entries=1, show_spinner=False, on_release=_release)
def _engine(url: str, version: str) -> Engine:  # noqa: ARG001  part of the cache's key
    return connect(url)


# Keys are text: Streamlit takes milliseconds to find the key of a dataclass that holds others.
@st.cache_resource(max_entries=2, show_spinner=False)
def _figures(
    _engine: Engine,
    _settings: Settings,
    settings_text: str,  # noqa: ARG001  part of the cache's key, with the database's address
    version: str,  # noqa: ARG001  part of the cache's key
) -> Figures:
    return read_figures(_engine, _settings)


@st.cache_resource(max_entries=2, show_spinner=False)
def _with_the_store(
    _live: Figures,
    _published: Published,
    settings_text: str,  # noqa: ARG001  part of the cache's key, with the database's address
    version: str,  # noqa: ARG001  part of the cache's key
) -> tuple[Figures, Figures]:
    """As known now, and as published; both with what people wrote beside figures."""
    noted = replace(_live, notes=_published.notes)
    return noted, overlaid(noted, _published.frozen.values())


@st.cache_resource(max_entries=500, show_spinner=False)
def _cached(
    place: str,  # noqa: ARG001  part of the cache's key
    version: str,  # noqa: ARG001  part of the cache's key
    _make: Callable[[], Any],
) -> Any:
    return _make()

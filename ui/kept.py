"""What is kept between runs: settings, the engine, figures and parts made of them; no person."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from data_access.database import connect
from data_access.problems import Problem
from data_access.served_load import version_of
from data_access.settings import EVERY_UNIT, VARIABLES, Settings, settings_path
from data_access.unit_settings.segment_settings import segments_path
from meeting.published.frozen import overlaid
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from metrics.units.limited import limited_to
from ui.published_months import Published, published_months


def case_database(settings: Settings) -> Engine:
    """The engine on the case database as it is served now."""
    return engine_of(settings.database_url, version_of(settings.database_url))


@dataclass(frozen=True)
class Served:
    """What is served to those who are told the same figures: as known now, and as published.

    `version` changes with anything that a kept part is made of, `loaded` with the load alone.
    `every_unit` are all that there are, open or not.
    """

    engine: Engine
    live: Figures
    frozen: Figures
    published: Published
    every_unit: frozenset[str | None]
    version: str
    loaded: str


def served_to(settings: Settings, figures_open: frozenset[str]) -> Served:
    """The figures of those units alone, beside the service's."""
    version = version_of(settings.database_url)
    engine = engine_of(settings.database_url, version)
    live = figures_of(engine, settings, repr(settings), version)
    if not live.months:
        raise Problem(
            "The case database holds no figures yet: load data with"
            " 'python childstat.py load …', or build the demonstration council with"
            " 'python childstat.py demo'."
        )
    published = published_months(settings.meeting_store_url)
    loaded = f"{settings.database_url} {version}"
    version = f"{version} {settings!r} {published.version}"
    live, frozen = with_the_store(live, published, repr(settings), version)
    every_unit = frozenset((*live.units, *frozen.units))
    # What is kept of figures is kept for all who are told the same ones, and for nobody else.
    version = f"{version} {sorted(figures_open)}"
    told = told_to(live, frozen, figures_open, version)
    return Served(engine, *told, published, every_unit, version, loaded)


def _settings_version() -> tuple[object, ...]:
    """Changes with the settings' files and with the variables that go before them."""
    files = (settings_path(), segments_path(settings_path()))
    changed = (file.stat().st_mtime_ns if file.exists() else None for file in files)
    return *changed, *(os.environ.get(name) for name in VARIABLES)


@lru_cache(maxsize=1)
def _settings(_version: tuple[object, ...]) -> Settings:
    return checked_settings()


def settings_now() -> Settings:
    """The council's settings, read again only where the file or a variable has changed."""
    return _settings(_settings_version())


def _release(engine: Engine) -> None:
    engine.dispose()


# DuckDB gives one process one instance of a path: the old must be let go before a new load opens.
@st.cache_resource(max_entries=1, show_spinner=False, on_release=_release)
def engine_of(url: str, version: str) -> Engine:  # noqa: ARG001  part of the cache's key
    return connect(url)


# Keys are text: Streamlit takes milliseconds to find the key of a dataclass that holds others.
@st.cache_resource(max_entries=2, show_spinner=False)
def figures_of(
    _engine: Engine,
    _settings: Settings,
    settings_text: str,  # noqa: ARG001  part of the cache's key, with the database's address
    version: str,  # noqa: ARG001  part of the cache's key
) -> Figures:
    return read_figures(_engine, _settings)


@st.cache_resource(max_entries=2, show_spinner=False)
def with_the_store(
    _live: Figures,
    _published: Published,
    settings_text: str,  # noqa: ARG001  part of the cache's key, with the database's address
    version: str,  # noqa: ARG001  part of the cache's key
) -> tuple[Figures, Figures]:
    """As known now, and as published; both with what people wrote beside figures."""
    noted = replace(_live, notes=_published.notes)
    return noted, overlaid(noted, _published.frozen.values())


@st.cache_resource(max_entries=50, show_spinner=False)
def told_to(
    _live: Figures,
    _frozen: Figures,
    figures: frozenset[str],
    version: str,  # noqa: ARG001  part of the cache's key
) -> tuple[Figures, Figures]:
    """As known now, and as published, of those units alone whose figures are open."""
    if EVERY_UNIT in figures:
        return _live, _frozen
    return limited_to(_live, figures), limited_to(_frozen, figures)


@st.cache_resource(max_entries=500, show_spinner=False)
def made_once(
    place: str,  # noqa: ARG001  part of the cache's key
    version: str,  # noqa: ARG001  part of the cache's key
    _make: Callable[[], Any],
) -> Any:
    return _make()

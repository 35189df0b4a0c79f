"""What tests may ask for: databases on both engines, a browser, a served ChildStat.

A test whose server or browser is not on this machine is skipped, with its reason printed at the
end of the run; on CI (CI=true) it fails, so that nothing is left out unseen.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import Engine

from data_access.connection.collecting import collect_seldom
from data_access.database import connect, create
from data_access.settings import ACCESS_STORE_VARIABLE, MEETING_STORE_VARIABLE
from loading import loads
from metrics.catalogue import CATALOGUE
from tests import servers
from tests.databases import ENGINES, duckdb_file, postgresql_database, written
from tests.dear import is_left_to_thorough
from tests.kinds import KINDS
from tests.quick_databases import compile_once, keep_files_in_memory, make_duckdb_quick
from tools.needs import chromium, openid_provider

keep_files_in_memory()
make_duckdb_quick()
compile_once()

settings.register_profile(
    "oracle",
    max_examples=40,
    deadline=None,
    database=None,
    # Not "explain": of a test that counts a council anew for each example it takes minutes.
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("oracle"), max_examples=400)
# Draws nothing: what notices a bug by this is a plain test or a worked example, and no luck.
settings.register_profile("worked", settings.get_profile("oracle"), phases=[Phase.explicit])


def pytest_configure(config: pytest.Config) -> None:
    """What asks for "oracle" by name draws nothing either, where only worked examples are run."""
    if config.getoption("--hypothesis-profile") == "worked":
        settings.register_profile("oracle", settings.get_profile("worked"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that draw their examples are "drawn", which `make thorough` has draw many more."""
    for item in items:
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker("drawn")
        if is_left_to_thorough(item):
            item.add_marker("thorough")


def pytest_collection_finish() -> None:
    """As every process of ours does once it has begun."""
    collect_seldom()


def not_here(reason: str) -> NoReturn:
    """Skips a test in one loud line; on CI fails it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (on CI nothing may be left out)")
    pytest.skip(f"NOT TESTED: {reason}")


@pytest.fixture(scope="session", autouse=True)
def own_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and nothing that a test starts, writes to a store of config.toml."""
    folder = tmp_path_factory.mktemp("stores")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{folder / 'meeting.sqlite'}")
        patched.setenv(ACCESS_STORE_VARIABLE, f"sqlite:///{folder / 'access.sqlite'}")
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store of ours that does not exist yet, on each of its engines."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    return request.getfixturevalue("fresh_postgresql")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server's address: make databases on it, leave its own alone."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(servers.postgresql_cluster())
        except servers.Unavailable as reason:
            not_here(str(reason))
        yield written(address)


@pytest.fixture
def fresh_postgresql(postgresql_url: str) -> Iterator[str]:
    """The address of a PostgreSQL database without tables."""
    with postgresql_database(postgresql_url) as url:
        yield url


@pytest.fixture
def duckdb_url(tmp_path: Path) -> str:
    """The address of a DuckDB file that does not exist yet."""
    return duckdb_file(tmp_path)


@pytest.fixture(scope="session", params=ENGINES)
def engine_kind(request: pytest.FixtureRequest) -> str:
    """A test that asks for this, or for what rests on it, runs once on each engine."""
    return request.param


@pytest.fixture
def new_database(
    engine_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Makes case databases with every table and no row; call it for each one's address."""
    with ExitStack() as stack:
        yield lambda: _created(engine_kind, tmp_path, request, stack)


@pytest.fixture(scope="session")
def shared_engine(
    engine_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Engine]:
    """One case database for many examples, writable: begin each with `databases.emptied`."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("shared")
        engine = connect(_created(engine_kind, folder, request, stack), read_only=False)
        stack.callback(engine.dispose)
        yield engine


def _created(kind: str, folder: Path, request: pytest.FixtureRequest, stack: ExitStack) -> str:
    if kind == "duckdb":
        url = duckdb_file(folder)
    else:
        server = request.getfixturevalue("postgresql_url")
        url = stack.enter_context(postgresql_database(server))
    create(url)
    return url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to test with; start it with --no-sandbox when root."""
    found = chromium()
    if found is None:
        not_here("there is no Chromium: run 'make needs'")
    return str(found)


@pytest.fixture(scope="session")
def providing() -> Callable[[Mapping[str, Any]], AbstractContextManager[str]]:
    """Runs an OpenID provider with the settings given: as `servers.providing`."""
    if openid_provider() is None:
        not_here("there is no OpenID provider: run 'make needs'")
    return servers.providing


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[str], str]]:
    """Serves ChildStat over a case database, once for each: call it for the base address."""
    addresses: dict[str, str] = {}
    with ExitStack() as stack:

        def base_address(database_url: str) -> str:
            if database_url not in addresses:
                addresses[database_url] = stack.enter_context(servers.serve(database_url))
            return addresses[database_url]

        yield base_address


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue with a made-up metric of every kind after the card's own."""
    for metric in KINDS:
        monkeypatch.setitem(CATALOGUE, metric.key, metric)


@pytest.fixture
def nothing_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what a load's rows and words say: to count figures of them takes most of the time."""
    monkeypatch.setattr(loads, "derive", lambda connection, settings: None)

"""Pages run without a browser, each opened afresh by its address."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui.arriving
import ui.who
from access.gate.door import LOCAL
from access.gate.ticket import ticket_for
from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import CONFIG_VARIABLE, MEETING_STORE_VARIABLE
from data_access.viewer import Viewer, local_viewer
from meeting.actions import Noted, note_action
from meeting.agenda import open_agenda
from meeting.drawing import choose_case
from meeting.figure_notes import write_note
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Period, Scope, View
from metrics.publication import NoteKind
from tests import COUNCIL, RULES
from tests.ui import signing_in
from tests.ui.signing_in import Door
from tests.ui.small_council import AS_AT, build
from tests.worlds import SETTINGS

PAGES = Path(__file__).parent.parent.parent / "pages"


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once() -> Iterator[None]:
    """Streamlit looks through all that is installed before each page that a test runs.

    That took six times as long as our pages do.
    """
    with pytest.MonkeyPatch.context() as patched:
        searched = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", searched)
        yield


@pytest.fixture(autouse=True)
def ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages run here without a server: this process gives them the ticket that its gate would."""
    monkeypatch.setattr(ContextProxy, "headers", ticket_for(LOCAL))


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nobody has chosen a unit yet."""
    ui.arriving.forget_units()


@pytest.fixture(scope="session")
def small_council(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the small council's case database."""
    return build(tmp_path_factory.mktemp("council"))


@pytest.fixture
def opened(small_council: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a page's HTML says, by the page's name and what its address says."""

    def html(page: str, database: str = small_council, **said: str) -> str:
        monkeypatch.setenv("CHILDSTAT_DATABASE", database)
        run = AppTest.from_file(PAGES / f"{page}.py", default_timeout=30)
        for name, value in said.items():
            run.query_params[name] = value
        run.run()
        assert not run.exception, [fault.message for fault in run.exception]
        return "".join(element.proto.body for element in run.get("html"))

    return html


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Viewer]:
    """Has somebody look: the local viewer, but for what is said of them."""

    def look(**who: Any) -> Viewer:
        viewer = replace(local_viewer(SETTINGS), **who)
        monkeypatch.setattr(ui.who, "local_viewer", lambda _: viewer)
        return viewer

    return look


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """People sign in here: who comes in by it looks at every page after."""
    return signing_in.door(tmp_path, monkeypatch)


@pytest.fixture
def change_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Changes the council's settings after its figures were counted: call it with before, after."""
    written = COUNCIL.read_text(encoding="utf-8")

    def change(before: str, after: str) -> None:
        assert before in written
        file = tmp_path / "council.toml"
        file.write_text(written.replace(before, after, 1), encoding="utf-8")
        (tmp_path / "segments.toml").write_bytes(RULES.read_bytes())
        monkeypatch.setenv(CONFIG_VARIABLE, str(file))

    return change


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The pages' own meeting store, empty."""
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    engine = open_store(url)
    yield engine
    engine.dispose()


@pytest.fixture
def met(small_council, store):
    """A meeting: its agenda, actions about another unit and a child of it, notes and cases."""
    figures = read_figures(connect(small_council), SETTINGS)
    agenda = open_agenda(store, figures, Period(2016, 9), "Chair")
    due = partial(Noted, verb="Do", owner="A leader", due_on=AS_AT, look=Period(2016, 10))
    for noted in (
        due(what="ask Unit 3 for a plan", metric="sickness", unit_id="U3"),
        due(what="see a child of theirs", child_id="KID-U3-1"),
        due(what="mend our own", metric="sickness", unit_id="U2"),
    ):
        note_action(store, agenda.meeting_id, noted, "Chair")
    write_note(
        store,
        NoteKind.WORDS,
        CATALOGUE["sickness"],
        View(Period(2016, 9), Scope("U3")),
        "Flu in Unit 3",
        "Chair",
    )
    choose_case(store, agenda.meeting_id, "case_in_depth", "KID-U3-0", "Chair")
    open_agenda(store, figures, Period(2016, 10), "Chair")

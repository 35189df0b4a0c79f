"""Every file that the pages make, as each kind of user: nothing in it that is not theirs."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tests.ui import signing_in
from tests.ui.small_council import HIDDEN
from tests.ui.test_who_sees_what import units_named

MONTH = "2016-09"
PLACES = [
    ("export", {}),
    ("agenda", {}),
    ("recording", {}),
    *(("recording", {"list": name}) for name in ("entered_late", "no_visit")),
    *(("metric", {"metric": name}) for name in ("caseload", "visits_out_of_timescale", "sickness")),
]
WHO = {
    "director": {},
    "consultant": {"is_worker_of": "U2"},
    "social worker": {"is_worker_of": "U2"},
    "analyst": {},
    "auditor": {},
    "administrator": {},
}
# A role of a council's own: none that is shipped gives both rows in files and names.
MANAGER = """
[[role]]
name = "manager"
claim = "Manager"
units = "granted"
figures = "*"
names = true
restricted = false
acts = ["export_rows"]
"""


def words_of(file: bytes | str) -> str:
    """All that a file says: of a workbook or a deck every part of it."""
    if isinstance(file, str):
        return file
    if not zipfile.is_zipfile(BytesIO(file)):
        return file.decode()
    with zipfile.ZipFile(BytesIO(file)) as parts:
        named = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        return "\n".join(parts.read(name).decode() for name in named)


@pytest.fixture
def files(
    opened: Callable[..., str], met: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[tuple[str, str, str], str]]:
    """What every file says that is offered to whoever has come: each is made as if asked for."""
    made: dict[tuple[str, str, str], str] = {}
    place = [("", "")]

    def makes(label: str, make: Callable[[], bytes | str], *_how: object, **_more: object) -> None:
        made[(*place[0], label)] = words_of(make())

    monkeypatch.setattr(st, "download_button", makes)
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda _self, *how, **more: makes(*how, **more)
    )

    def every() -> dict[tuple[str, str, str], str]:
        made.clear()
        for page, said in PLACES:
            for unit in (None, "U2", "U3"):
                place[0] = (page, unit or "*")
                scope = {"unit": unit} if unit else {}
                opened(page, month=MONTH, **said, **scope)
        return dict(made)

    return every


@pytest.mark.parametrize("role", WHO)
def test_no_file_of_a_shipped_role_names_anybody(door, files, role):
    door.comes(role, **WHO[role])
    made = files()
    for where, words in made.items():
        assert not units_named(words) and HIDDEN not in words, where
    assert bool(made) == (role not in ("auditor", "administrator"))
    assert any(label == "Rows as CSV" for *_, label in made) == (role == "analyst")


def test_a_file_with_rows_and_names_has_the_reader_s_own_units_and_each_child_is_written_down(
    tmp_path, monkeypatch, files
):
    door = signing_in.door(tmp_path, monkeypatch, MANAGER)
    door.comes("Manager", "U2")
    made = files()
    rows = {where: words for where, words in made.items() if where[2] == "Rows as CSV"}
    assert {unit for words in rows.values() for unit in units_named(words)} == {"U2"}
    for where, words in made.items():
        assert units_named(words) <= {"U2"} and HIDDEN not in words, where
    children = [door.children_of(event.number) for event in door.events("exported")]
    assert set().union(*children) and all("-U2-" in child for child in set().union(*children))

"""Every read of records goes by the one guard: by what is written, and by what is read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import CursorResult
from streamlit.testing.v1 import AppTest

from data_access.guard.open_rows import CLOSED, COUNTED
from tests.ui.addresses import links_to

PROJECT = Path(__file__).parent.parent.parent
FOLDERS = ("ui", "pages", "exports", "meeting", "commands", "charts")
# What reads a database by another way than `data_access.viewer`, and what it reads instead.
SUMS = "sums of figures, which hold no person"
STORE = "what the meeting wrote"
READS = {"read", "execute", "scalars", "raw_connection"}
ALLOWED = {
    "ui/metric/as_known_on.py": SUMS,
    "ui/metric/days_between.py": "the days of a rare count, of no child",
    "commands/surveys.py": "questions, and answers of nobody by name",
    "ui/patterns/cut_table.py": SUMS,
    "ui/patterns/opening.py": SUMS,
    "ui/child/known.py": "whether any visit says that a child was seen alone, or was not",
    "ui/not_in_source.py": "whether there are any visits and plans",
    "ui/education/held.py": "which tables have any row",
    "ui/export/publish_form.py": "how many data issues are written down",
    "ui/segments/ruled.py": "the units of the rules, which are of no child",
    "ui/segments/opening.py": "the last day of which anything is proposed",
    "ui/practice/opening.py": "whether any supervision or holiday is recorded at all",
    "ui/recording/parts.py": "how many data issues there are of each kind",
    "commands/asking.py": SUMS,
    "commands/checking.py": "the units of the rules, which are of no child",
    "commands/matching/adults.py": "adults of one name, for who sees every unit and name",
    "commands/matching/teams.py": "what each team held, in numbers",
    "commands/matching/workers.py": "workers, who are of no child",
    "ui/room/entering.py": STORE,
    "ui/room/item_clock.py": STORE,
    "commands/doctor/people.py": "who may look, and the units’ ids",
    "commands/doctor/stores.py": "versions, and rows of no child",
    "commands/doctor/audit.py": "the audit’s last event",
    "ui/compare/forms.py": "which units are front doors",
    "meeting/comparing.py": STORE,
    "meeting/costs.py": STORE,
    "meeting/agenda.py": STORE,
    "meeting/actions.py": STORE,
    "meeting/drawing.py": STORE,
    "meeting/follow_up.py": STORE,
    "meeting/figure_notes.py": STORE,
    "meeting/demo/held.py": STORE,
    "meeting/learning/lessons.py": STORE,
    "meeting/learning/remarks.py": STORE,
    "meeting/disputing.py": STORE,
    "meeting/published/doubts.py": "the store's disputes, of which it counts",
    # Rows are made `visible` first.
    "meeting/published/frozen.py": "published figures, and rows by the guard's own condition",
    "meeting/published/frozen_sums.py": SUMS,
}


def _calls(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def _readers() -> set[str]:
    files = (file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.py"))
    return {file.relative_to(PROJECT).as_posix() for file in files if READS & {*_calls(file)}}


def test_nothing_reads_a_database_but_by_the_guard_or_by_name_here():
    assert _readers() == set(ALLOWED)


def test_access_asks_the_case_database_in_two_places_only():
    """Units, workers' numbers, a child's number; and surnames, which are compared and not told."""
    asking = {
        file.relative_to(PROJECT).as_posix()
        for file in (PROJECT / "access").rglob("*.py")
        if "from data_access.database import" in file.read_text(encoding="utf-8")
    }
    assert asking == {"access/in_cases.py", "access/audit/unusual.py"}


class Heard:
    """Ids of children in all that is read of any database."""

    def __init__(self, monkeypatch):
        self.ids: set[str] = set()
        fetch = CursorResult.all

        def all_rows(result):
            rows = fetch(result)
            said = " ".join(str(row) for row in rows)
            # To make codes of every child, ids are read alone, and never shown.
            if not rows or tuple(rows[0]._fields) != ("child_id",):
                self.ids |= set(re.findall(r"KID-\w+-\d", said))
            return rows

        monkeypatch.setattr(CursorResult, "all", all_rows)


UNIT_2 = {"units": frozenset({"U2"}), "figures": frozenset({"U2"})}
VIEWERS: dict[str, tuple[dict[str, Any], str]] = {
    "one unit": (UNIT_2, r"KID-U2-\d"),
    "two units": ({"units": frozenset({"U1", "U2"})}, r"KID-U[12]-\d"),
    "own children": ({"units": frozenset({"U1"}), "own_children": "WORKER-U1"}, r"KID-U1-\d"),
    "own children, of none": ({"units": frozenset({"U1"}), "own_children": "WORKER-U2"}, "none"),
    "nobody": ({"units": frozenset(), "figures": frozenset()}, "none"),
}
SEPTEMBER = {"month": "2016-09"}
ROWS = {"metric": "visits_out_of_timescale", **SEPTEMBER}
PLACES = (
    ("month", SEPTEMBER),
    *(("unit", {"unit": unit}) for unit in ("U1", "U2", "U3")),
    *(("metric", {**ROWS, **unit}) for unit in ({}, {"unit": "U2"}, {"unit": "U3"})),
    *(("recording", {"list": name, **SEPTEMBER}) for name in ("entered_late", "by_worker")),
    ("export", SEPTEMBER),
    ("agenda", SEPTEMBER),
    ("actions", SEPTEMBER),
    ("cases", SEPTEMBER),
    ("compare", SEPTEMBER),
    ("room", SEPTEMBER),
    ("room", {**ROWS, "screen": "4", "rows": "1"}),
)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_page_reads_a_child_who_is_not_the_viewer_s(opened, looks, store, monkeypatch, viewer):
    everybody = opened("metric", **ROWS)
    rights, theirs = VIEWERS[viewer]
    looks(may_see_restricted=True, **rights)
    heard = Heard(monkeypatch)
    for page, said in PLACES:
        opened(page, **said)
    for said, _ in links_to("child", everybody)[::3] + links_to("dispute", everybody)[::3]:
        opened("dispute" if "doubt" in said else "child", **said)
    strangers = {id for id in heard.ids if not re.fullmatch(theirs, id)}
    assert strangers == set()
    assert bool(heard.ids) == (theirs != "none")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_search_and_no_worker_s_list_reads_a_child_who_is_not_the_viewer_s(
    opened, looks, store, monkeypatch, viewer
):
    lists = [said for unit in ("U1", "U2", "U3") for said in workers_lists(opened, unit)]
    assert len(lists) == 3
    rights, theirs = VIEWERS[viewer]
    looks(may_see_restricted=True, **rights)
    heard = Heard(monkeypatch)
    for said in lists:
        opened("unit", **said)
        opened("unit", **said, sort="-child_name")
    run = AppTest.from_file(PROJECT / "pages" / "search.py", default_timeout=30).run()
    for words in ("KID-U1-0", "kid-u3-1", "Quillfeather", "Hidden", "Worker Of"):
        if run.text_input:
            run.text_input[0].set_value(words).run()
            assert not run.exception
    strangers = {id for id in heard.ids if not re.fullmatch(theirs, id)}
    assert strangers == set()
    assert bool(heard.ids) == (theirs != "none")


def workers_lists(opened, unit: str) -> list[dict[str, str]]:
    """Where the table of the unit's workers leads to."""
    ways = links_to("unit", opened("unit", unit=unit))
    return [said for said, words in ways if words == f"Worker Of {unit}" and "plan" not in said][:1]


def test_nothing_of_a_restricted_child_but_its_place_is_read_without_the_right(
    opened, looks, store, monkeypatch
):
    told: set[str] = set()
    fetch = CursorResult.all

    def all_rows(result):
        rows = fetch(result)
        for row in (row._asdict() for row in rows if "KID-U2-1" in row):
            told.update(name for name, value in row.items() if value is not None)
        return rows

    listed = links_to("child", opened("metric", **ROWS, unit="U2"))
    monkeypatch.setattr(CursorResult, "all", all_rows)
    for page, said in PLACES:
        opened(page, **said)
    for said, _ in listed:
        opened("child", **said)
    assert {"child_id", "numerator", CLOSED} <= told
    assert told <= {*COUNTED, CLOSED}

"""Whoever follows docs/adding-a-metric.md has a metric on every screen, and breaks no test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
DOCUMENT = (PROJECT / "docs" / "adding-a-metric.md").read_text(encoding="utf-8")
KEY, NAME = "complaints_upheld", "Complaints upheld"
FILES = dict(re.findall(r"^`([\w/]+\.py)`[^\n]*\n\n```python\n(.*?)```", DOCUMENT, re.M | re.S))
LEFT_BEHIND = (
    ".git",
    ".venv",
    "build",
    "*cache*",
    "*.duckdb*",
    "*.sqlite*",
    ".hypothesis",
)

# Run in the copy: a small council in whose unit U2 two of three complaints were upheld.
BUILDS = """
import sys
from datetime import date
from pathlib import Path
from tests.ui.small_council import build, council

world = council()
for upheld in (True, True, False, None):
    said = {"unit_id": "U2", "child_id": "KID-U2-0", "stage": 1, "upheld": upheld}
    world.add("complaint", received_on=date(2016, 9, 5), **said)
build(Path(sys.argv[1]), world)
"""
OPENS = """
import sys
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from access.gate.door import LOCAL
from access.gate.ticket import ticket_for

ContextProxy.headers = ticket_for(LOCAL)
run = AppTest.from_file(f"pages/{sys.argv[1]}.py", default_timeout=60)
run.query_params.update(dict(said.split("=") for said in sys.argv[2:]))
run.run()
assert not run.exception, run.exception
sys.stdout.buffer.write("".join(one.proto.body for one in run.get("html")).encode())
"""
READS = """
import sys
from openpyxl import load_workbook

book = load_workbook(sys.argv[1])
print(*book.sheetnames, sep="\\n")
print(*(cell.value for sheet in book for row in sheet for cell in row), sep="\\n")
"""
# What walks over the catalogue; of what is asked of every metric, the new one's part.
TESTS = [
    f"tests/metrics/test_{KEY}.py",
    "tests/test_every_metric.py",
    "tests/test_documents.py",
    "tests/exports/excel",
    "tests/exports/powerpoint",
    "tests/ui/test_pages.py",
    "tests/loading/test_not_in_source.py",
]
CHOSEN = (
    f"not postgresql and (not test_every_metric or {KEY}) and not real_data and not server_time"
    " and not cannot_be_read and not wrong_address and not without_a_restart and not no_address"
    " and not hidden_figure and not small_numbers and not says_of_each and not by_itself"
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project with the document's files in it."""
    folder = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    for name, text in FILES.items():
        assert not (folder / name).exists(), f"{name} is there already: take another example"
        (folder / name).write_text(text, encoding="utf-8")
    run(folder, "-c", BUILDS, str(folder.parent))
    return folder


def run(folder: Path, *words: str) -> str:
    """What Python says in the copy, over its own case database and meeting store."""
    database, store = folder.parent / "small.duckdb", folder.parent / "meeting.sqlite"
    own = {
        "CHILDSTAT_DATABASE": f"duckdb:///{database}",
        "CHILDSTAT_MEETING_STORE": f"sqlite:///{store}",
        "PYTHONPATH": str(folder),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_document_holds_one_declaration_and_one_test():
    assert list(FILES) == [f"metrics/definitions/{KEY}.py", f"tests/metrics/test_{KEY}.py"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (("month", "month=2016-09"), [f"metric={KEY}&amp;unit=U2", "67%"]),
        (("metric", "month=2016-09", f"metric={KEY}", "unit=U2"), [f"{NAME}, Unit 2: 67%"]),
        (("definitions",), [f'id="{KEY}"', "complaints received in the month and upheld"]),
        (("unit", "month=2016-09", "unit=U2"), [NAME, "67%"]),
    ],
)  # fmt: skip
def test_it_is_on_every_page(copy, page, said):
    html = run(copy, "-c", OPENS, *page)
    assert [words for words in said if words not in html] == []


def test_it_is_on_the_command_line(copy):
    printed = run(copy, "childstat.py", "figures", "--metric", KEY, "--month", "2016-09")
    assert re.search(r"U2.*\b2\b.*\b3\b", printed)
    rows = run(copy, "childstat.py", "rows", "--metric", KEY, "--month", "2016-09", "--unit", "U2")
    assert rows.count("2016-09-05") == 3


def test_it_is_in_the_workbook_with_a_slide_and_its_definition(copy):
    file = copy.parent / "slides.xlsx"
    run(copy, "childstat.py", "export", "--month", "2016-09", "--out", str(file))
    told = run(copy, "-c", READS, str(file)).splitlines()
    assert f"53 {NAME}" in told and "One that is not decided yet is in neither number." in told


@pytest.mark.thorough
def test_no_other_test_fails(copy):
    assert "failed" not in run(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", CHOSEN, *TESTS
    )

"""Whoever follows docs/adding-a-source.md has a source whose figures are told."""

import csv
import io
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from loading.sources.reading import Reading
from metrics.catalogue import CATALOGUE
from tools.plant_bugs import LEFT_BEHIND, PROJECT

DOCUMENT = (PROJECT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
WHOLE_FILE = re.compile(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```", re.M | re.S)
IMPORT = re.compile(r"^```python\n(from loading\.sources\.visit_log .*?)^```", re.M | re.S)
COMMAND = re.compile(r"^```python\n(@load\.command.*?)^```", re.M | re.S)
# One recorded the next day, one after three weeks, one on a day not known; and one left out.
LOG = """Visit,Child,Restricted,Plan,Visited,Seen,Recorded
V1,K1,no,CIN,2016-09-05,yes,2016-09-06
V2,K2,no,CIN,2016-09-05,yes,2016-09-26
V3,K3,yes,CIN,2016-09-06,yes,
V4,K4,,CIN,2016-09-07,yes,2016-09-07
"""
# Its own tests, and those that look at every file, every command and the other readers; of what
# is asked of each file, the new and the changed ones' part.
BESIDE = [
    f"tests/{name}.py"
    for name in (
        "loading/test_visit_log",
        "loading/test_csv_folder",
        "loading/test_workforce_census",
        "test_architecture",
        "test_documents",
    )
]
CHOSEN = "visit_log or commands/building.py or not .py]"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of ChildStat to which the document's source has been added."""
    copy = tmp_path_factory.mktemp("added") / "childstat"
    shutil.copytree(PROJECT, copy, ignore=LEFT_BEHIND)
    for name, text in WHOLE_FILE.findall(DOCUMENT):
        assert not (copy / name).exists()
        (copy / name).write_text(text, encoding="utf-8")
    building = copy / "commands" / "building.py"
    (imported,), (command,) = IMPORT.findall(DOCUMENT), COMMAND.findall(DOCUMENT)
    text = building.read_text(encoding="utf-8")
    text = text.replace("from meeting.demo", f"{imported}from meeting.demo")
    text = text.replace("load.add_command(", f"{command}\n\nload.add_command(", 1)
    building.write_text(text, encoding="utf-8")
    return copy


def run(copy: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_source_is_loaded_its_figure_told_and_what_it_cannot_support_is_said(copy, tmp_path):
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    database = f"duckdb:///{tmp_path / 'council.duckdb'}"
    last = ("--data-to", "2016-10-14", "--into", database)
    report = run(copy, "childstat.py", "load", "visit-log", str(tmp_path / "log.csv"), *last)
    assert re.search(r"visit +read +4 +written +3 +left out: 1 restricted_unknown", report)
    asked = ("--database", database, "--month", "2016-09", "--unit", "*", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run(copy, "childstat.py", "figures", *asked))))
    told = {row["metric"]: (float(row["numerator"]), float(row["denominator"])) for row in rows}
    assert told == {"recorded_in_time": (1, 2)}
    without = report.split("Metrics without a figure, and why")[1]
    for key in set(CATALOGUE) - {"recorded_in_time"}:
        assert f"\n{CATALOGUE[key].name} " in without


def test_its_own_tests_and_those_beside_it_hold(copy):
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", CHOSEN, *BESIDE)


def test_it_is_written_as_the_house_writes(copy):
    written = [name for name, _ in WHOLE_FILE.findall(DOCUMENT)] + ["commands/building.py"]
    run(copy, "-m", "ruff", "check", "--no-cache", *written)
    run(copy, "-m", "ruff", "format", "--no-cache", "--check", *written)


def test_the_document_tells_every_field_of_a_reading():
    told = re.findall(r"^\| `(\w+)` \|", DOCUMENT, re.MULTILINE)
    assert told == [field.name for field in fields(Reading)]

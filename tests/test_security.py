"""docs/security.md tells of each requirement once, and names tests that there are."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_architecture import PRODUCT, TESTS

PROJECT = Path(__file__).parent.parent
SECURITY = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (V[\d.]+) \| ([12]) \| (.+?) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
ROWS = ROW.findall(SECURITY)
STATES = {"met", "by reading", "partly", "not met", "n/a"}
# OWASP ASVS 5.0.0: the requirements of levels 1 and 2 in each section.
REQUIREMENTS = {
    "V1.1": "1-2",
    "V1.2": "1-9",
    "V1.3": "1-11",
    "V1.4": "1-3",
    "V1.5": "1-2",
    "V2.1": "1-3",
    "V2.2": "1-3",
    "V2.3": "1-4",
    "V2.4": "1",
    "V3.2": "1-2",
    "V3.3": "1-4",
    "V3.4": "1-6",
    "V3.5": "1-5",
    "V3.7": "1-2",
    "V4.1": "1-3",
    "V4.2": "1",
    "V4.3": "1-2",
    "V4.4": "1-4",
    "V5.1": "1",
    "V5.2": "1-3",
    "V5.3": "1-2",
    "V5.4": "1-3",
    "V6.1": "1-3",
    "V6.2": "1-12",
    "V6.3": "1-4",
    "V6.4": "1-4",
    "V6.5": "1-5",
    "V6.6": "1-3",
    "V6.8": "1-4",
    "V7.1": "1-3",
    "V7.2": "1-4",
    "V7.3": "1-2",
    "V7.4": "1-5",
    "V7.5": "1-2",
    "V7.6": "1-2",
    "V8.1": "1-2",
    "V8.2": "1-3",
    "V8.3": "1",
    "V8.4": "1",
    "V9.1": "1-3",
    "V9.2": "1-4",
    "V10.1": "1-2",
    "V10.2": "1-2",
    "V10.3": "1-4",
    "V10.4": "1-11",
    "V10.5": "1-5",
    "V10.6": "1-2",
    "V10.7": "1-3",
    "V11.1": "1-2",
    "V11.2": "1-3",
    "V11.3": "1-3",
    "V11.4": "1-4",
    "V11.5": "1",
    "V11.6": "1",
    "V12.1": "1-3",
    "V12.2": "1-2",
    "V12.3": "1-4",
    "V13.1": "1",
    "V13.2": "1-5",
    "V13.3": "1-2",
    "V13.4": "1-5",
    "V14.1": "1-2",
    "V14.2": "1-4",
    "V14.3": "1-3",
    "V15.1": "1-3",
    "V15.2": "1-3",
    "V15.3": "1-7",
    "V16.1": "1",
    "V16.2": "1-5",
    "V16.3": "1-4",
    "V16.4": "1-3",
    "V16.5": "1-3",
    "V17.1": "1",
    "V17.2": "1-4",
    "V17.3": "1-2",
}
OF_LEVEL_1 = 70
RUNS_WHAT_IT_IS_GIVEN = {"eval", "exec", "compile"}
UNSAFE = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml"}


def _ids() -> list[str]:
    return [
        f"{section}.{number}"
        for section, ranges in REQUIREMENTS.items()
        for one in ranges.split()
        for number in range(int(one.split("-")[0]), int(one.split("-")[-1]) + 1)
    ]


def test_every_requirement_of_levels_1_and_2_has_one_line_in_its_order():
    assert [row[0] for row in ROWS] == _ids()
    assert sum(row[1] == "1" for row in ROWS) == OF_LEVEL_1


def test_every_line_has_a_state_that_the_page_explains():
    explained = SECURITY.split("| state | means |")[1].split("\n\n")[0]
    assert set(re.findall(r"(?m)^\| ([a-z/ ]+) \|", explained)) == STATES
    assert {row[3] for row in ROWS} <= STATES


def test_what_is_met_names_a_test_or_a_document():
    unproved = [
        row[0]
        for row in ROWS
        if row[3] == "met"
        and not row[5]
        and ".md" not in row[4]
        and "below" not in row[4]
        and "config.toml" not in row[4]
    ]
    assert not unproved


def test_every_test_that_is_named_is_there():
    there = {
        node.name
        for file in TESTS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    named = {name for row in ROWS for name in re.findall(r"`(test_\w+)`", row[5])}
    assert len(named) > 100
    assert not named - there


def test_what_is_not_met_says_why():
    assert all(len(row[4]) > 20 for row in ROWS if row[3] in ("not met", "partly"))


@pytest.mark.parametrize("file", PRODUCT, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_no_code_is_evaluated_or_unpickled(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = {getattr(one.func, "id", "") for one in ast.walk(tree) if isinstance(one, ast.Call)}
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not called & RUNS_WHAT_IT_IS_GIVEN
    assert not imported & UNSAFE

"""What a coded column holds is declared once, and docs/loading.md says it."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, String

from data_access.code_sets.code_set import Codes, CodesBy, CodeSet, sets_of
from data_access.code_sets.of_columns import codes_of
from data_access.code_sets.spelled import spelled_code
from data_access.schema import CANONICAL
from loading.columns.codes import code_in
from metrics.catalogue import CATALOGUE

LOADING = (Path(__file__).parents[2] / "docs" / "loading.md").read_text(encoding="utf-8")
COLUMNS = [column for table in CANONICAL for column in table.columns]
CODED = [(column, codes) for column in COLUMNS if (codes := codes_of(column))]
SETS = {id(one): one for _, codes in CODED for _, one in sets_of(codes)}
of_every_set = pytest.mark.parametrize("code_set", SETS.values(), ids=lambda one: one.choices[:40])
# Words of somebody's own, which no figure reads.
FREE_TEXT = {
    "unit.name", "unit.service", "unit.segment", "worker.name", "post.working_days", "child.name",
    "visit_interval.authorised_by", "visit_interval.reason", "survey_response.question",
    "supervision.supervised_by",
    "person.name", "relationship.role", "relationship.source",
    "survey_question.question", "survey_question.section", "survey_question.theme",
    "survey_question.words", "enrolment.school", "early_help.kind", "early_help.led_by",
    "intervention.name", "intervention.kind", "intervention.provider",
}  # fmt: skip
IDS = {"unit.continues", "worker.registration_no", "worker.staff_no", "enrolment.urn"}


def rows_of_codes() -> list[str]:
    """The rows of the table in docs/loading.md: each set once, with the columns it holds for."""
    rows = []
    for code_set in SETS.values():
        where = ", ".join(
            f"`{column}`"
            + (f" where `{codes.column}` is {value}" if isinstance(codes, CodesBy) else "")
            for column, codes in CODED
            for value, one in sets_of(codes)
            if one is code_set
        )
        for one in code_set.codes:
            rows.append(f"| {where} | {one.code} | {one.means} | {', '.join(one.spelt)} |")
            where = ""
    return rows


def test_loading_lists_every_code_of_every_column_with_what_is_read_as_it():
    under = LOADING.split("\n## Codes\n")[1].split("\n## ")[0]
    table = [line for line in under.splitlines() if line.startswith("| ")][1:]
    assert table == rows_of_codes()


def test_every_column_of_text_has_its_codes_or_is_known_to_be_free():
    text = {str(column) for column in COLUMNS if isinstance(column.type, String)}
    coded = {str(column) for column, _ in CODED}
    free = {name for name in text - coded if not name.endswith("_id")} - IDS
    assert free == FREE_TEXT


@of_every_set
def test_every_spelling_is_read_as_its_code_however_it_is_written(code_set: CodeSet):
    for one in code_set.codes:
        for spelt in one.spellings:
            for written in (spelt, spelt.upper(), f" {spelt.lower()} ", spelt.replace(" ", "_")):
                assert code_in(written, code_set) == one.code, written
            assert code_in(f"b) {spelt}", code_set) == one.code


@of_every_set
def test_no_spelling_is_two_codes(code_set: CodeSet):
    for one, other in combinations(code_set.codes, 2):
        same = {re.sub(r"[\W_]", "", spelt.lower()) for spelt in one.spellings} & {
            re.sub(r"[\W_]", "", spelt.lower()) for spelt in other.spellings
        }
        assert not same


@pytest.mark.parametrize(("column", "codes"), CODED, ids=lambda one: str(one)[:40])
def test_what_the_database_lets_a_column_hold_is_its_code_set(column, codes: Codes):
    rules = [
        str(rule.sqltext)
        for rule in column.table.constraints
        if isinstance(rule, CheckConstraint) and rule.name == f"{column.name}_is_known"
    ]
    names = [*codes.names] if isinstance(codes, CodeSet) else []
    assert all(re.findall(r"'([^']*)'", rule) == names for rule in rules)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("source", "2A", "2A: schools"),
        ("source", "3E", "3E: health services: accident and emergency department"),
        ("closure_reason", "RC8", "RC8: case closed after assessment, no further action"),
        ("outcome", "RC1", "RC1: adopted"),
        ("outcome", "open", "open"),
        ("source", "a neighbour", "a neighbour"),
        ("source", None, None),
        ("status", "2A", "2A"),
    ],
)
def test_a_code_of_a_return_has_its_meaning_behind_it_in_a_row(column, value, told):
    assert spelled_code(column, value) == told


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)
def test_no_row_that_people_read_has_a_bare_code(metric):
    """Every part that a row's column can have, of letters and figures as codes are."""
    named = {cut.key: cut.names for cut in metric.cuts} | {metric.split.by: metric.split.names}
    for column in metric.drill_down:
        for code, means in named.get(column, {}).items():
            if re.fullmatch(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]+", code) and code != means:
                assert spelled_code(column, code) != code

"""Ids that lost their leading zeros in one table, list or source."""

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import child, visit
from data_access.settings_file.reading import read_settings
from loading.combining import combine
from loading.loads import load
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from tests.loading import dirty

pytestmark = pytest.mark.usefixtures("nothing_is_counted")


def tables(**ids: str) -> dict:
    """The good tables with the children C1 and C2 under other ids, in the tables that are named."""
    content = dirty.tables()
    for name, rows in content.items():
        c1, c2 = ids.get(name, ids["others"]).split()
        for row in rows:
            if "child_id" in row:
                row["child_id"] = {"C1": c1, "C2": c2}[row["child_id"]]
    return content


def combined(folder, content):
    return combine(read_csv_folder(dirty.csv_folder(folder / "extract", content)))


def zeros(found) -> list[tuple[str, str]]:
    return [(one.rule, one.message) for one in found.issues if one.rule.startswith("zeros")]


def test_a_column_that_lost_its_zeros_has_them_again_and_it_is_said(tmp_path):
    found = combined(tmp_path, tables(visit="123 456", others="00123 00456"))
    assert set(found.frames["visit"]["child_id"]) == {"00123", "00456"}
    assert zeros(found) == [
        (
            "zeros_restored",
            "visit.child_id: 2 ids differ from those of the child table by leading zeros only, as"
            " '123' from '00123'; they were taken for the same. Export ids as text.",
        )
    ]


def test_the_visits_are_in_the_database_and_none_is_an_orphan(tmp_path, duckdb_url):
    content = tables(visit="123 456", others="00123 00456")
    folder = dirty.csv_folder(tmp_path / "extract", content)
    report = load(duckdb_url, read_csv_folder(folder), read_settings())
    assert report.counts[0]["visit"].written == 2
    kept = read(connect(duckdb_url), select(visit.c.child_id).distinct().order_by("child_id"))
    assert [row.child_id for row in kept] == ["00123", "00456"]


def test_a_child_table_that_lost_its_zeros_is_matched_too(tmp_path):
    found = combined(tmp_path, tables(child="123 456", others="00123 00456"))
    assert set(found.frames["visit"]["child_id"]) == {"123", "456"}
    assert {rule for rule, _ in zeros(found)} == {"zeros_restored"}


def test_where_the_column_does_not_agree_nothing_is_changed_and_that_is_said(tmp_path):
    content = tables(visit="123 456", others="00123 00456")
    content["visit"].append(content["visit"][0] | {"visit_id": "V3", "child_id": "99"})
    found = combined(tmp_path, content)
    assert set(found.frames["visit"]["child_id"]) == {"123", "456", "99"}
    assert zeros(found) == [
        (
            "zeros_lost",
            "visit.child_id: 2 ids are in no row of the child table, and would be if leading zeros"
            " were restored, as '00123' for '123'; but '99' would still be in none, so they stay as"
            " they are. Export ids as text.",
        )
    ]


def test_children_of_one_table_who_differ_by_zeros_only_are_told(tmp_path):
    found = combined(tmp_path, tables(child="123 00123", others="123 00123"))
    ((rule, said),) = zeros(found)
    assert rule == "zeros_lost"
    assert said.startswith(
        "child: 2 ids differ by leading zeros only, as '123' and '00123', and count as two. If"
    )


def test_one_id_is_said_in_the_singular(tmp_path):
    content = tables(others="00123 00456")
    content["visit"] = [content["visit"][0] | {"child_id": "123"}]
    ((_, said),) = zeros(combined(tmp_path, content))
    assert said == (
        "visit.child_id: 1 id differs from those of the child table by leading zeros only, as '123'"
        " from '00123'; it was taken for the same. Export ids as text."
    )
    content["visit"].append(content["visit"][0] | {"visit_id": "V3", "child_id": "99"})
    ((_, said),) = zeros(combined(tmp_path, content))
    assert "visit.child_id: 1 id is in no row of" in said and "so it stays as it is." in said


def test_several_pairs_of_ids_are_said_as_pairs(tmp_path):
    content = tables(child="123 00123", others="123 00123")
    content["child"] += [
        content["child"][0] | {"child_id": child_id} for child_id in ("456", "0456")
    ]
    ((_, said),) = zeros(combined(tmp_path, content))
    assert said.startswith("child: 2 pairs of ids differ by leading zeros only, as ")
    assert "each pair counts as two" in said


def test_sources_that_hold_the_same_children_are_put_together(tmp_path):
    sheets = dirty.sheets()
    for rows in sheets.values():
        for row in rows[1:]:
            row[0] = f"00{row[0]}"
    annex_a = read_annex_a([dirty.workbook(tmp_path / "annex_a.xlsx", sheets)])
    content = {name: rows for name, rows in tables(others="1001 1002").items() if name in KEPT}
    extract = read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))
    for readings in ([annex_a, *extract], [*extract, annex_a]):
        found = combine(readings)
        assert len(found.frames["child"]) == 5
        assert set(found.frames["scale_score"]["child_id"]) <= set(
            found.frames["child"]["child_id"]
        )
        assert set(found.frames["plan"]["child_id"]) <= set(found.frames["child"]["child_id"])


KEPT = ("child", "scale_score", "source_load")


def zeroed(*lists_of_numbers: int) -> dirty.Sheets:
    """A return whose ids are text with zeros, and numbers in some lists."""
    sheets = dirty.sheets()
    for title, rows in sheets.items():
        for row in rows[1:]:
            if int(title.split()[1]) not in lists_of_numbers:
                row[0] = f"00{row[0]}"
    return sheets


def test_children_of_annex_a_are_counted_once_whichever_list_lost_their_zeros(tmp_path):
    for numbers in ((), (7,), (3, 4, 8), (6, 7, 8)):
        path = dirty.workbook(tmp_path / "annex_a.xlsx", zeroed(*numbers))
        found = read_annex_a([path])
        # Children of lists without zeros only stay as they are: nobody knows how many they had.
        ids = [child_id.removeprefix("00") for child_id in found.frames["child"]["child_id"]]
        assert sorted(ids) == ["1001", "1002", "1003", "1004", "1005"]
        assert set(found.frames["plan"]["child_id"]) <= set(found.frames["child"]["child_id"])
        restored = [one for one in found.issues if one.rule == "zeros_restored"]
        assert {one.table_name for one in restored} <= {f"list_{number}" for number in numbers}
        assert bool(restored) == bool(numbers)


def test_a_list_of_annex_a_with_zeros_here_and_not_there_is_told(tmp_path, duckdb_url):
    sheets = zeroed()
    sheets["List 6"][1][0] = 1001
    found = read_annex_a([dirty.workbook(tmp_path / "annex_a.xlsx", sheets)])
    (issue,) = [one for one in found.issues if one.rule == "zeros_lost"]
    assert "others have kept their zeros" in issue.message
    report = load(duckdb_url, found, read_settings())
    assert len(read(connect(duckdb_url), select(child.c.child_id))) == 6
    assert ("zeros_lost", "child") in report.by_rule()


def test_a_worker_s_number_cell_holds_the_children_of_the_worker(tmp_path):
    content = dirty.tables()
    for name in ("worker", "post"):
        content[name][0]["worker_id"] = "10"
    content["allocation"][0]["worker_id"] = "10.0"
    found = combined(tmp_path, content)
    assert found.frames["allocation"]["worker_id"][0] == "10"

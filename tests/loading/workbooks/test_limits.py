"""A file that would take all memory is refused by the name of the setting."""

from click.testing import CliRunner

from childstat import main
from data_access.settings import LoadingLimits
from data_access.settings_file.reading import read_settings
from tests import COUNCIL
from tests.loading import dirty
from tests.loading.workbooks.parts import changed, rows_of, said_of, with_cells


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    def swell(parts):
        parts["xl/media/big.bin"] = bytes(3_000_000)

    path = changed(dirty.good_workbook(tmp_path), swell)
    assert path.stat().st_size < 100_000
    assert said_of(path, LoadingLimits(max_unpacked_mb=2)) == (
        "annex_a.xlsx unpacks to more than 2 MB, which is the most that max_unpacked_mb in"
        " [loading] allows. If the file is right, raise that number in config.toml."
    )


def test_a_part_that_is_declared_smaller_than_it_is_is_said(tmp_path):
    path = changed(
        dirty.good_workbook(tmp_path), lambda parts: parts.update({"big.bin": bytes(3_000_000)})
    )
    raw = path.read_bytes()
    path.write_bytes(raw.replace((3_000_000).to_bytes(4, "little"), (3).to_bytes(4, "little")))
    said = said_of(path, LoadingLimits(max_unpacked_mb=2))
    assert said.startswith("annex_a.xlsx is damaged in its part big.bin")


def test_more_rows_than_the_settings_allow_are_refused(tmp_path):
    path = dirty.workbook(tmp_path / "annex_a.xlsx", {"List 3": [[1]] * 3, "List 4": [[1]] * 3})
    assert said_of(path, LoadingLimits(max_rows=5)) == (
        "annex_a.xlsx has more than 5 rows, which is the most that max_rows in [loading] allows."
        " If the file is right, raise that number in config.toml."
    )


def test_rows_that_say_nothing_count_as_none(tmp_path):
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 50))
    path = with_cells(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>' + blank)
    assert rows_of(path, LoadingLimits(max_rows=1)) == [(1,)]


def test_the_limits_are_those_of_the_settings(tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    words = COUNCIL.read_text(encoding="utf-8")
    config.write_text(f"{words}\n[loading]\nmax_unpacked_mb = 10\n", encoding="utf-8")
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(config))
    assert read_settings().loading_limits == LoadingLimits(max_unpacked_mb=10)
    path = changed(
        dirty.good_workbook(tmp_path), lambda parts: parts.update({"big.bin": bytes(11_000_000)})
    )
    done = CliRunner().invoke(
        main, ["load", "annex-a", str(path), "--into", f"duckdb:///{tmp_path / 'case.duckdb'}"]
    )
    assert done.exit_code == 1
    assert "max_unpacked_mb in [loading] allows" in done.output

"""`template` and `load workbook`, as an analyst types them."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import func, select

from childstat import main
from data_access.database import connect, read
from data_access.schema import post
from loading.sources.tables_book.of_others import OF_OTHERS
from tests.loading.tables_book.books import changes, filled, put

LETTERS = "ABCDEFGHI"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def url(tmp_path) -> str:
    return f"duckdb:///{tmp_path / 'case.duckdb'}"


def posts(url: str) -> int:
    engine = connect(url)
    try:
        ((rows,),) = read(engine, select(func.count(post.c.post_id)))
    finally:
        engine.dispose()
    return rows


def without_children(book) -> None:
    """Scores, agreed intervals and what others tell need the children of a case system."""
    of_children = ("Scale scores", "Agreed intervals", "Supervision children")
    for title in (*of_children, *(one.title for one in OF_OTHERS)):
        del book[title]


def test_a_template_is_written_and_its_sheets_named(tmp_path):
    done = run("template", tmp_path / "ours.xlsx")
    assert done.exit_code == 0, done.output
    assert "Units, Teams, Workers, Posts" in done.stdout
    again = run("template", tmp_path / "ours.xlsx")
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def with_faults(folder: Path) -> Path:
    """A post twice, of no worker and no unit, with words for a day; an absence turned round."""
    example = load_workbook(filled(folder))["Posts"]
    again = (put("Posts", f"{letter}7", example[f"{letter}6"].value) for letter in LETTERS)
    of_none = put("Posts", "B6", "W9"), put("Posts", "C6", "U9")
    wrong = put("Posts", "J6", "when she left"), put("Absence", "E6", date(2016, 9, 1))
    return filled(folder, changes(without_children, *again, *of_none, *wrong))


def test_a_workbook_is_loaded_and_its_faults_are_marked_in_a_copy(tmp_path, url):
    path = with_faults(tmp_path)
    done = run("load", "workbook", path, "--into", url, "--accept-loss", "absence")
    assert done.exit_code == 0, done.output
    assert posts(url) == 1
    copy = tmp_path / "filled - issues.xlsx"
    assert f"in the copy {copy}." in done.stderr
    book = load_workbook(copy)
    cells = [cell for row in book["Posts"]["A6:J7"] for cell in row if cell.comment]
    said = {cell.coordinate: cell.comment.text for cell in cells}
    assert [*said] == ["B6", "C6", "J6", "A7"]
    assert "worker W9 is in no row" in said["B6"]
    assert "the id stands in an earlier row, row 6, which is kept" in said["A7"]
    assert "ends on 1 September 2016" in book["Absence"]["E6"].comment.text


def test_a_load_that_is_refused_marks_its_faults_and_replaces_nothing(tmp_path, url):
    path = filled(tmp_path, changes(without_children, put("Posts", "E6", "most days")))
    copy = tmp_path / "marked.xlsx"
    done = run("load", "workbook", path, "--into", url, "--annotated", copy)
    assert done.exit_code == 1
    assert "The load was refused, and nothing was replaced. Of post" in done.stderr
    assert f"in the copy {copy}." in done.stderr
    assert load_workbook(copy)["Posts"]["E6"].comment is not None
    assert not Path(url.removeprefix("duckdb:///")).exists()


def test_what_is_no_workbook_is_said_without_a_copy(tmp_path, url):
    path = tmp_path / "posts.xlsx"
    path.write_text("post_id,worker_id", encoding="utf-8")
    done = run("load", "workbook", path, "--into", url)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: posts.xlsx is not an Excel workbook: it is text.")
    assert list(tmp_path.iterdir()) == [path]


def test_the_copy_is_never_the_workbook_itself(tmp_path, url):
    path = filled(tmp_path)
    done = run("load", "workbook", path, "--into", url, "--annotated", path)
    assert done.exit_code == 2
    assert "--annotated is the workbook itself" in done.stderr

"""A file is whole or is not there, and a failure is one sentence."""

import errno
import os
from pathlib import Path

import pytest
from pptx import Presentation

from data_access.problems import Problem
from exports.excel.workbook import write_slides
from exports.saving import save_slides
from tests.exports.made_up import SEPTEMBER, figures, on_slides


def test_the_file_holds_the_workbook_and_nothing_is_left_beside_it(tmp_path):
    out = tmp_path / "september.xlsx"
    save_slides(out, figures(), SEPTEMBER)
    assert out.read_bytes() == write_slides(figures(), SEPTEMBER)
    assert list(tmp_path.iterdir()) == [out]


def test_a_name_that_ends_in_pptx_is_a_powerpoint_file(tmp_path):
    out = tmp_path / "september.PPTX"
    save_slides(out, figures(), SEPTEMBER)
    assert len(Presentation(str(out)).slides) > len(on_slides())


def test_a_file_that_was_there_is_replaced(tmp_path):
    out = tmp_path / "september.xlsx"
    out.write_text("last month's")
    save_slides(out, figures(), SEPTEMBER)
    assert out.read_bytes()[:2] == b"PK"


def test_a_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(Problem, match="there is no folder .*nowhere"):
        save_slides(tmp_path / "nowhere" / "out.xlsx", figures(), SEPTEMBER)


def test_a_file_where_a_folder_should_be_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="there is no folder"):
        save_slides(tmp_path / "file" / "out.xlsx", figures(), SEPTEMBER)


def test_a_folder_where_the_file_should_be_is_one_sentence(tmp_path):
    with pytest.raises(Problem, match="that is a folder"):
        save_slides(tmp_path, figures(), SEPTEMBER)


@pytest.mark.parametrize(
    "number, says",
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "may not be written to"),
        (errno.EIO, "Choose another folder"),
    ],
)
def test_a_failure_leaves_the_last_file_and_nothing_half_written(
    tmp_path, monkeypatch, number, says
):
    out = tmp_path / "september.xlsx"
    out.write_text("last month's")

    def half_written(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", half_written)
    with pytest.raises(Problem, match=says):
        save_slides(out, figures(), SEPTEMBER)
    assert out.read_text() == "last month's"
    assert list(tmp_path.iterdir()) == [out]


def test_a_month_without_data_leaves_no_file(tmp_path):
    with pytest.raises(Problem):
        save_slides(tmp_path / "out.xlsx", figures(), SEPTEMBER.shift(900))
    assert not list(tmp_path.iterdir())

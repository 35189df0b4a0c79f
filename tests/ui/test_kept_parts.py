"""What is kept between runs is made of figures alone: nothing of a viewer, and no record."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from metrics.figures import Figures
from tests.ui.conftest import PAGES as FOLDER
from ui.address import Address

PROJECT = FOLDER.parent
CODE = [*sorted(FOLDER.glob("*.py")), *sorted((PROJECT / "ui").rglob("*.py"))]
# What reads records, or says whose they are.
OF_A_VIEWER = {
    *("viewer", "looking", "Viewer", "Looking", "read_records", "read_sums", "ids_within"),
    *("names_of_children", "names_of_workers", "rows_with_names", "frozen_rows", "listing"),
}
KEEPERS = {"cache_resource", "cache_data"}


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _kept_parts() -> Iterator[tuple[Path, ast.Call]]:
    for file in CODE:
        for node in ast.walk(_tree(file)):
            called = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and called in ("cached", "cached_as"):
                yield file, node


PARTS = [
    pytest.param(file, call, id=f"{file.stem}:{call.lineno}")
    for file, call in _kept_parts()
    if file.name != "session.py"
]


def _function(file: Path, name: str):
    if file.parent != FOLDER:
        module = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
        return getattr(import_module(module), name)
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.ImportFrom) and name in {one.name for one in node.names}:
            return getattr(import_module(str(node.module)), name)
    raise AttributeError(name)


def _named_in(node: ast.AST) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def _reached(file: Path, call: ast.Call) -> Iterator[ast.AST]:
    """What a kept part runs in our own pages: the call, and each function that it names."""
    yield call
    for name in _named_in(call) - {"page", "room"}:
        try:
            function = _function(file, name)
        except (AttributeError, ImportError):
            continue
        if inspect.isfunction(function) and function.__module__.startswith("ui."):
            yield ast.parse(inspect.getsource(function))


@pytest.mark.parametrize(("file", "call"), PARTS)
def test_a_kept_part_takes_figures_and_an_address_and_names_no_viewer(file, call):
    if call.func.attr == "cached":
        function = _function(file, call.args[0].id)
        taken = [one.annotation for one in inspect.signature(function).parameters.values()]
        assert taken == [Address, Figures]
    for node in _reached(file, call):
        assert not _named_in(node) & OF_A_VIEWER, "records are read anew for each viewer"


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_what_is_kept_for_everybody_is_given_no_viewer(file):
    for node in ast.walk(_tree(file)):
        if not isinstance(node, ast.FunctionDef):
            continue
        keeps = {name for one in node.decorator_list for name in _named_in(one)} & KEEPERS
        said = _named_in(node) | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
        assert not keeps or not said & OF_A_VIEWER, f"line {node.lineno}"


def test_the_search_finds_what_is_kept():
    assert len(PARTS) > 20

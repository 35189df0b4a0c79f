"""HTML that is put together by `Markup.format` has a place for every part that it is given."""

import ast
from pathlib import Path
from string import Formatter

PROJECT = Path(__file__).parent.parent
FOLDERS = ("ui", "pages", "charts", "access")


def _formats() -> list[tuple[str, str, int]]:
    """Where each stands, its HTML, and how many parts it is given."""
    found = []
    for file in (file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            html = _html(node)
            if html is not None and isinstance(node, ast.Call):
                place = f"{file.relative_to(PROJECT)}:{node.lineno}"
                found.append((place, html, len(node.args)))
    return found


def _html(node: ast.AST) -> str | None:
    """The text of `Markup("…").format(…)`, where all of its parts are told one by one."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                attr="format",
                value=ast.Call(func=ast.Name(id="Markup"), args=[ast.Constant(value=str(html))]),
            ),
            args=args,
        ) if not any(isinstance(part, ast.Starred) for part in args):
            return html
    return None


def test_no_part_of_a_page_is_left_out_for_want_of_a_place():
    """Python passes over parts without a place: of a page a link would be gone."""
    found = _formats()
    assert len(found) > 200
    assert not [place for place, html, parts in found if _places(html) != parts]


def _places(html: str) -> int:
    named = [name for _, name, _, _ in Formatter().parse(html) if name is not None]
    return named.count("") + len({name for name in named if name.isdigit()})

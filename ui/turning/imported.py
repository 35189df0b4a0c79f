"""What pages import, imported before the server answers: else the first who comes waits for it."""

import ast
from importlib import import_module
from pathlib import Path

from data_access.connection.collecting import collect_seldom

PAGES = Path(__file__).parent.parent.parent / "pages"
# Imported where it is used, by whatever reads a chart: a command may need none of it.
BESIDES = ("scipy.special",)


def import_what_pages_need() -> None:
    """Every module that some page names, and what those import in turn, to stay."""
    for name in sorted(modules_of_pages()) + [*BESIDES]:
        import_module(name)
    collect_seldom()


def modules_of_pages() -> set[str]:
    """The modules that pages import, as they are written."""
    nodes = (
        node
        for page in PAGES.glob("*.py")
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8")))
    )
    return {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

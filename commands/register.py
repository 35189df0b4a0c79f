"""Which commands there are. Each is imported when it is asked for: all take three seconds."""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from commands.output import Terminal

# By a command's name the module that it stands in, under its own name.
WHERE = {
    "access": "commands.access.group",
    "adults": "commands.matching.adults",
    "check": "commands.checking",
    "compare": "commands.meeting",
    "create": "commands.building",
    "demo": "commands.building",
    "derive": "commands.building",
    "doctor": "commands.doctor.command",
    "export": "commands.asking",
    "figures": "commands.asking",
    "load": "commands.building",
    "loads": "commands.load_told",
    "nightly": "commands.loading.nightly",
    "publish": "commands.meeting",
    "rows": "commands.asking",
    "run": "commands.running",
    "spc": "commands.spc",
    "store": "commands.meeting",
    "survey": "commands.surveys",
    "teams": "commands.matching.teams",
    "template": "commands.loading.workbook",
    "workers": "commands.matching.workers",
}


class _Imported(Mapping[str, click.Command]):
    """The commands by their names, each imported as it is taken out."""

    def __iter__(self) -> Iterator[str]:
        return iter(WHERE)

    def __len__(self) -> int:
        return len(WHERE)

    def __getitem__(self, name: str) -> click.Command:
        command = getattr(import_module(WHERE[name]), name)
        assert isinstance(command, click.Command)
        return command


class Commands(Terminal):
    """The commands of the register; to list them imports none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "commands": _Imported()})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        limit = formatter.width - 6 - max(map(len, WHERE))
        with formatter.section("Commands"):
            formatter.write_dl([(name, short_help(name, limit)) for name in WHERE])


def short_help(name: str, limit: int = 45) -> str:
    """What a command says of itself in a line, read from its source without running it."""
    spec = find_spec(WHERE[name])
    assert spec is not None and spec.origin is not None, "a command's module is a file"
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    (function,) = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    return click.Command(name, help=ast.get_docstring(function)).get_short_help_str(limit)

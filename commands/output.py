"""All that goes to a terminal: rows as a table for people, as csv or json for programs; lines."""

import io
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from exports.csv_text import csv_text

# Controls (C0, C1, which begin a terminal's escapes), what ends a line, what turns its direction.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def say(line: str) -> None:
    """One line, whatever is in it."""
    click.echo(printable(line))


def warn(sentence: str | None) -> None:
    """A sentence about what was printed, apart from it: programs read standard output."""
    if sentence:
        click.echo(printable(sentence), err=True)


def typed(argument: object) -> str:
    """An argument as a line that is to be typed has it: in quotes where it has spaces."""
    return f'"{argument}"' if " " in str(argument) else str(argument)


def printable(text: str) -> str:
    """`text` as one line that steers no terminal: what can't be printed is spelled (\\x1b, \\n)."""
    return UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Terminal(click.Group):
    """Commands whose complaints are printable, whoever's words are in them."""

    def main(self, *args: Any, **options: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A character that the terminal's encoding lacks is escaped, and ends nothing.
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as complaint:
            # Every kind of complaint keeps its own way of being said.
            vars(complaint).update(message=printable(complaint.message))
            raise


def print_rows(columns: Sequence[str], rows: Sequence[Sequence], form: str) -> None:
    """All of `rows` under `columns`, in the form asked for: table, csv or json."""
    {"json": _print_json, "csv": _print_csv, "table": _print_table}[form](list(columns), rows)


def _print_json(columns: list[str], rows: Sequence[Sequence]) -> None:
    print_json([dict(zip(columns, map(_plain, row), strict=True)) for row in rows])


def print_json(value: object) -> None:
    """The same value to a program that reads it, with nothing in it that a terminal would run."""
    written = json.dumps(value, indent=1, ensure_ascii=not _shows_every_character())
    lines = (
        UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", one) for one in written.split("\n")
    )
    click.echo("\n".join(lines))


def _shows_every_character() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")


def _print_csv(columns: list[str], rows: Sequence[Sequence]) -> None:
    on_one_line = [[_spelled(value) for value in row] for row in rows]
    click.echo(csv_text(columns, on_one_line).replace("\r\n", "\n"), nl=False)


def _print_table(columns: list[str], rows: Sequence[Sequence]) -> None:
    texts = [columns] + [[printable(_short(value)) for value in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(columns))]
    for row in texts:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        say(line.rstrip())


def _spelled(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _short(value: Any) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    # With a number to print, not with the list of commands, which is to be there at once.
    from metrics.model import round_half_up, with_minus

    whole, _, rest = f"{round_half_up(value, 2):f}".partition(".")
    fraction = rest.rstrip("0")
    return with_minus(f"{whole}.{fraction}" if fraction else whole)

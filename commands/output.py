"""Rows on standard output: as a table for people, as csv or json for programs."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import click


def print_rows(columns: Sequence[str], rows: Sequence[Sequence], form: str) -> None:
    """All of `rows` under `columns`, in the form asked for: table, csv or json."""
    {"json": _print_json, "csv": _print_csv, "table": _print_table}[form](list(columns), rows)


def say(sentence: str | None) -> None:
    """A sentence about what was printed, apart from it: programs read standard output."""
    if sentence:
        click.echo(sentence, err=True)


def _print_json(columns: list[str], rows: Sequence[Sequence]) -> None:
    records = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
    click.echo(json.dumps(records, indent=1, ensure_ascii=False))


def _print_csv(columns: list[str], rows: Sequence[Sequence]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)


def _print_table(columns: list[str], rows: Sequence[Sequence]) -> None:
    texts = [columns] + [[_short(value) for value in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(columns))]
    for row in texts:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _short(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

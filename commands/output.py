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
    {"json": _as_json, "csv": _as_csv, "table": _as_table}[form](list(columns), rows)


def say(told: str | None) -> None:
    """A sentence about what was printed, apart from it: programs read standard output."""
    if told:
        click.echo(told, err=True)


def _as_json(columns: list[str], rows: Sequence[Sequence]) -> None:
    found = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
    click.echo(json.dumps(found, indent=1, ensure_ascii=False))


def _as_csv(columns: list[str], rows: Sequence[Sequence]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)


def _as_table(columns: list[str], rows: Sequence[Sequence]) -> None:
    texts = [columns] + [[_short(value) for value in row] for row in rows]
    widths = [max(len(row[at]) for row in texts) for at in range(len(columns))]
    for row in texts:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _short(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

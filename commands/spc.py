"""The command that judges any file of months and values, as the charts judge a metric."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from commands.output import print_json, print_rows, say
from commands.parameters import Month, fails_in_one_line, format_option
from loading.sources.month_values import TOO_LARGE, read_month_values
from metrics.model import Period, Polarity
from metrics.spc.chart_reading import ChartPoint, ChartReading
from metrics.spc.charting import ChartRequest, Run, without_gaps, xmr_reading
from metrics.spc.limits import Options
from metrics.spc.plain_numbers import plain_writer as plain_numbers
from metrics.spc.words import sentence_of

COLUMNS = ("month", "value", "mean", "lower", "upper", "rule", "point")
BETTER = {
    "higher": Polarity.HIGHER_IS_BETTER,
    "lower": Polarity.LOWER_IS_BETTER,
    "neither": Polarity.NEITHER,
}


class Number(click.ParamType):
    """A number that can be drawn: not "inf", not "nan", not beyond all reason."""

    name = "NUMBER"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        number = float(click.FLOAT.convert(value, param, ctx))
        if not abs(number) < TOO_LARGE:
            self.fail(f"{value!r} is not a number that can be drawn.", param, ctx)
        return number


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--better", required=True, type=click.Choice(list(BETTER)), help="Which way is.")
@click.option("--target", type=Number(), help="What every month should reach.")
@click.option("--run-length", default=7, type=click.IntRange(6, 9), help="Points that make a run.")
@click.option(
    "--screen",
    is_flag=True,
    help="Leave outlying changes out of the limits, unless a third of the months repeat.",
)
@click.option("--rebase", multiple=True, type=Month(), help="A month with which limits begin anew.")
@format_option
@fails_in_one_line
def spc(
    file: Path,
    better: str,
    target: float | None,
    run_length: int,
    screen: bool,
    rebase: tuple[Period, ...],
    form: str,
) -> None:
    """Say what is unusual in FILE, a CSV with the columns month and value (XmR chart)."""
    run = _run(file)
    _check(rebase, run)
    options = Options(run_length=run_length, screens_outliers=screen)
    reading = xmr_reading(run, ChartRequest(BETTER[better], target, rebase, options=options))
    sentence = sentence_of(reading, plain_numbers(reading))
    if form == "json":
        _print_summary(reading, sentence)
        return
    print_rows(COLUMNS, [_row(point) for point in reading.points], form)
    if form == "table":
        for line in ("", sentence, reading.why):
            say(line)


def _run(file: Path) -> Run:
    values = read_month_values(file)
    return without_gaps(
        {Period.of(day): math.nan if value is None else value for day, value in values.items()}
    )


def _check(rebase: Sequence[Period], run: Run) -> None:
    for month in rebase:
        if month not in run.months:
            raise click.UsageError(
                f"--rebase {month.key}: the file runs from {run.months[0]} to {run.months[-1]};"
                " choose one of its months."
            )


def _row(point: ChartPoint) -> tuple:
    assert isinstance(point.when, Period)
    return (
        point.when.key,
        point.value,
        point.mean,
        point.lower,
        point.upper,
        point.rule.value if point.rule else None,
        point.mark.value if point.mark else None,
    )


def _print_summary(reading: ChartReading, sentence: str) -> None:
    summary = {
        "points": [dict(zip(COLUMNS, _row(point), strict=True)) for point in reading.points],
        "variation": reading.variation,
        "assurance": reading.assurance.value if reading.assurance else None,
        "sentence": sentence,
    }
    print_json(summary)

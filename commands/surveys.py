"""Commands of surveys: `load survey` reads a survey tool's export, `survey` tells each question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from sqlalchemy import Engine

from commands.load_told import accept_loss_option, load_and_tell
from commands.output import print_rows, say, warn
from commands.parameters import (
    Day,
    database_option,
    fails_in_one_line,
    format_option,
    into_option,
)
from data_access.code_sets.outcomes import ASKED_BY
from data_access.code_sets.survey_questions import SHIPPED, STAFF, Question
from data_access.database import connect, read
from data_access.load_info import read_load
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import local_viewer
from loading.names.spelling import spelled
from loading.surveys.form import AGREE_FIRST, DISAGREE_FIRST, Form, Wave
from loading.surveys.headings import read_mapping
from loading.surveys.known import Known, known_at
from loading.surveys.reader import read_survey
from metrics.council.checked import checked_settings
from metrics.model import FEWEST, Basis, Tally
from metrics.spc.proportions import ConfidenceInterval
from metrics.surveys.questions import own_questions, questions_with
from metrics.surveys.told import ROLE, UNIT, Told, tell
from metrics.writing import several

FILE = click.Path(path_type=Path)


@click.command(name="survey")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--survey", "of", required=True, type=click.Choice(list(SHIPPED)))
@click.option("--first-day", required=True, type=Day(), help="The first day of the wave.")
@click.option("--last-day", type=Day(), help="Its last day, unless it goes on.")
@click.option("--asked", type=click.IntRange(1), help="How many were asked.")
@click.option("--asked-by", type=click.Choice(ASKED_BY.names), help="Who asked them.")
@click.option(
    "--first-column",
    type=click.Choice([AGREE_FIRST, DISAGREE_FIRST]),
    help="Which end of the scale is 1, where answers are numbers: see the form.",
)
@click.option("--unit", help="The one unit that was asked, by id or name.")
@click.option("--mapping", type=FILE, help="A CSV file of heading,question for other headings.")
@into_option
@accept_loss_option
@fails_in_one_line
def load_survey(
    files: tuple[Path, ...],
    of: str,
    first_day: date,
    last_day: date | None,
    asked: int | None,
    asked_by: str | None,
    first_column: str | None,
    unit: str | None,
    mapping: Path | None,
    into: str | None,
    accept_loss: tuple[str, ...],
) -> None:
    """Add a survey's answers to what is loaded: one row a respondent, one column a question.

    CSV or .xlsx. A wave of the same survey, first day and unit takes its own place; all else stays.
    """
    if last_day is not None and last_day < first_day:
        raise Problem(f"--last-day {last_day} is before --first-day {first_day}: correct one.")
    settings = checked_settings()
    known = known_at(into or settings.database_url, of)
    wave = Wave(of, first_day, last_day, _unit_id(unit, known), asked, asked_by)
    form = _form(of, known, first_column, mapping, settings)
    reading = read_survey(files, wave, form, settings.loading_limits)
    if wave.wave_id in known.waves:
        say(f"The wave {wave.wave_id} was loaded before: this takes its place.")
    load_and_tell([reading], into, True, accept_loss)


def _form(
    of: str, known: Known, first_column: str | None, mapping: Path | None, settings: Settings
) -> Form:
    counted = settings.staff_question if of == STAFF else settings.families_question
    form = Form(known.questions, known.units, first_column, counted=counted)
    if mapping is None:
        return form
    return replace(form, mapping=read_mapping(mapping, form, settings.loading_limits))


def _unit_id(unit: str | None, known: Known) -> str | None:
    if unit is None:
        return None
    unit_id = known.units.get(spelled(unit))
    if unit_id is None:
        raise Problem(
            f"--unit {unit}: no unit of the case database has that id or name. Load what holds the"
            " units first, or leave the option out."
        )
    return unit_id


COLUMNS_OF_QUESTIONS = ("theme", "question", "words", "reversed")
COLUMNS = (
    *("theme", "question", "words", "month", "part", "answered", "positive", "percent"),
    *("percent_low", "percent_high", "month_before", "answered_before", "positive_before"),
    *("points", "points_low", "points_high"),
)


@click.command()
@database_option
@click.option("--survey", "of", default=STAFF, type=click.Choice(list(SHIPPED)))
@click.option("--by", type=click.Choice([ROLE, "unit"]), help="Each question by role or by unit.")
@click.option(
    "--questions", "is_catalogue", is_flag=True, help="The questions alone: codes and words."
)
@format_option
@fails_in_one_line
def survey(database: str | None, of: str, by: str | None, is_catalogue: bool, form: str) -> None:
    """Print each question of a survey's latest wave, by theme, beside the wave before.

    Positive is agree or strongly agree, after questions asked the other way are turned round.
    """
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    known = questions_with(read(engine, own_questions(of)), of)
    if is_catalogue:
        print_rows(COLUMNS_OF_QUESTIONS, [_question_row(one) for one in known.values()], form)
        return
    _tell_wave(engine, known, of, by, form)


def _question_row(one: Question) -> tuple:
    return one.theme or one.section, one.code, one.words, one.reversed


def _tell_wave(
    engine: Engine, known: Mapping[str, Question], of: str, by: str | None, form: str
) -> None:
    settings = checked_settings()
    basis = Basis(settings, read_load(engine).as_at)
    part = UNIT if by == "unit" else by
    telling = tell(engine, known, of, basis, local_viewer(settings), part)
    print_rows(COLUMNS, [_row(one) for one in telling.questions], form)
    if telling.unknown_answers:
        warn(
            f"{several(telling.unknown_answers, 'answer')} to questions that no catalogue has are"
            " not told: put them into survey_question.csv, with which way they are asked."
        )
    if by:
        warn(f"Of fewer than {FEWEST} answers a part is not told, nor what would give it away.")


def _row(one: Told) -> tuple:
    question, tally, before = one.question, one.tally or Tally(), one.before or Tally()
    share = 100 * tally.numerator / tally.denominator if one.interval else None
    change = _points(tally, before) if one.change else None
    return (
        question.theme or question.section,
        question.code,
        question.words,
        one.month,
        one.part,
        *((int(tally.denominator), int(tally.numerator)) if one.tally else (None, None)),
        share,
        *_ends(one.interval),
        one.month_before,
        *((int(before.denominator), int(before.numerator)) if one.before else (None, None)),
        change,
        *_ends(one.change),
    )


def _points(tally: Tally, before: Tally) -> float:
    share, share_before = (each.numerator / each.denominator for each in (tally, before))
    return 100 * (share - share_before)


def _ends(interval: ConfidenceInterval | None) -> tuple[float | None, float | None]:
    return (100 * interval.low, 100 * interval.high) if interval else (None, None)

"""What the case database already knows that a survey is read by: its units, its own questions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from data_access.code_sets.survey_questions import Question
from data_access.connection.addresses import address_of
from data_access.database import connect, read
from data_access.load_info import LoadInfo, combined_load, loads
from data_access.problems import Problem
from data_access.schema import survey_wave, unit
from loading.names.spelling import spelled
from loading.standing_database import is_no_file
from metrics.surveys.questions import own_questions, questions_with

NOTHING_STANDS = (
    "Nothing was loaded into {} yet, and a survey is added to what stands: load the source that has"
    " the units first, by 'load csv' or 'load annex-a', or correct the address."
)
INVENTED = (
    "The database that stands is the demonstration council, which is invented: no survey is added"
    " to it. To try one, load the example that 'load csv --template FOLDER' writes into another"
    " address, and give that address here by --into."
)


@dataclass(frozen=True)
class Known:
    """The questions of a survey, ids of units by id and name, and the waves that stand."""

    questions: tuple[Question, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    waves: frozenset[str] = frozenset()


def known_at(url: str, survey: str) -> Known:
    """What stands at `url`. A Problem where no source was loaded there, or what stands is invented.

    A survey is added to what stands: alone it has no unit, and no figure has its months.
    """
    if is_no_file(url):
        raise Problem(NOTHING_STANDS.format(_without_password(url)))
    engine = connect(url)
    try:
        _refuse_what_cannot_be_added_to(combined_load(read(engine, loads())), url)
        return Known(tuple(_questions(engine, survey)), _units(engine), _waves(engine))
    finally:
        engine.dispose()


def _refuse_what_cannot_be_added_to(load: LoadInfo, url: str) -> None:
    if load.invented:
        raise Problem(INVENTED)
    if not load.sources:
        raise Problem(NOTHING_STANDS.format(_without_password(url)))


def _without_password(url: str) -> str:
    return address_of(url).render_as_string(hide_password=True)


def _questions(engine: Engine, survey: str) -> Iterable[Question]:
    return questions_with(read(engine, own_questions(survey)), survey).values()


def _units(engine: Engine) -> Mapping[str, str]:
    """Ids before names; a name that two units have is none."""
    rows = read(engine, select(unit.c.unit_id, unit.c.name))
    names = [spelled(row.name) for row in rows]
    once = {spelled(row.name): row.unit_id for row in rows if names.count(spelled(row.name)) == 1}
    return {**once, **dict(_ids(row.unit_id for row in rows))}


def _ids(unit_ids: Iterator[str]) -> Iterator[tuple[str, str]]:
    for unit_id in unit_ids:
        yield spelled(unit_id), unit_id


def _waves(engine: Engine) -> frozenset[str]:
    return frozenset(
        row.survey_wave_id for row in read(engine, select(survey_wave.c.survey_wave_id))
    )

"""Every question of a survey, by theme: how many answered, how many positively, and since when.

Questions are never pooled. Of fewer than ten answers the two numbers are told and no share; of a
part, a role or a unit, nothing is, nor of what would tell it together with the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import Engine, Select, and_, func, select

from data_access.code_sets.survey_questions import Question
from data_access.schema import survey_respondent
from data_access.viewer import Viewer, read_sums
from metrics.model import FEWEST, Basis, Months, Period, Tally
from metrics.spc.proportions import ConfidenceInterval, newcombe, wilson
from metrics.surveys.answers import Asked, answers

ROLE, UNIT = "role", "unit_id"
FIRST = Period(2000, 1)


@dataclass(frozen=True)
class Told:
    """One question in one month of a wave, whole or one part of it, beside the wave before.

    `tally` is None where too few answered for a part to be told.
    """

    question: Question
    month: date
    part: str | None
    tally: Tally | None
    month_before: date | None = None
    before: Tally | None = None

    @property
    def interval(self) -> ConfidenceInterval | None:
        """Wilson's; none of fewer than ten answers."""
        return wilson(self.tally) if _enough(self.tally) and self.tally else None

    @property
    def change(self) -> ConfidenceInterval | None:
        """Newcombe's, of two groups: who answered both is not asked, and no one is paired."""
        if not (self.tally and self.before and _enough(self.tally) and _enough(self.before)):
            return None
        return newcombe(self.tally, self.before)


def _enough(tally: Tally | None) -> bool:
    return tally is not None and tally.denominator >= FEWEST


@dataclass(frozen=True)
class Telling:
    """What is told of a survey, and how many answers are not, as no catalogue has the question."""

    questions: Sequence[Told]
    unknown_answers: int


def tell(
    engine: Engine,
    known: Mapping[str, Question],
    survey: str,
    basis: Basis,
    viewer: Viewer,
    by: str | None = None,
) -> Telling:
    """Each question of the latest wave that `viewer` may see, in the form's order; see `Told`.

    `known` are the survey's questions by code: see `questions_with`. A wave stands in the month in
    which it began. `by` cuts each question by role or unit.
    """
    columns = ("month", "question", *((by,) if by else ()))
    rows = read_sums(engine, _rows(survey, basis), viewer, partial(_added_up, columns))
    by_question: dict[str, dict[date, dict[str | None, Tally]]] = defaultdict(dict)
    for row in rows:
        part = getattr(row, by) if by else None
        of_month = by_question[row.question].setdefault(row.month, {})
        of_month[part] = Tally(float(row.positive), float(row.answered))
    latest = max((row.month for row in rows), default=None)
    told = [one for one in known.values() if latest in by_question.get(one.code, {})]
    unknown = (row.answered for row in rows if row.question not in known and row.month == latest)
    return Telling(
        [each for one in told for each in _of_question(one, by_question[one.code], bool(by))],
        int(sum(unknown)),
    )


def _added_up(columns: Sequence[str], rows: Select) -> Select:
    answer = rows.subquery()
    by = [answer.c[name] for name in columns]
    sums = (func.sum(answer.c.positive).label("positive"), func.count().label("answered"))
    return select(*by, *sums).group_by(*by)


def _rows(survey: str, basis: Basis) -> Select:
    """One row per answer that says anything: month, unit_id, role, question, positive."""
    months = Months(FIRST, Period.of(basis.as_at))
    answer = answers(Asked((survey,), by_wave=True), months, basis)
    whose = survey_respondent.c
    roles = (
        select(whose.respondent_id, whose.survey_wave_id, func.max(whose.role).label("role"))
        .group_by(whose.respondent_id, whose.survey_wave_id)
        .subquery()
    )
    with_role = and_(
        roles.c.respondent_id == answer.c.respondent_id,
        roles.c.survey_wave_id == answer.c.survey_wave_id,
    )
    return select(
        answer.c.month,
        answer.c.unit_id,
        roles.c.role,
        answer.c.question,
        answer.c.positive,
    ).select_from(answer.outerjoin(roles, with_role))


def _of_question(
    question: Question, months: Mapping[date, Mapping[str | None, Tally]], is_cut: bool
) -> Iterator[Told]:
    latest, *earlier = sorted(months, reverse=True)
    before = months[earlier[0]] if earlier else {}
    now_told, before_told = (
        _without_small(parts) if is_cut else dict(parts) for parts in (months[latest], before)
    )
    for part in sorted(months[latest], key=lambda one: (one is None, one or "")):
        yield Told(
            question,
            latest,
            part,
            now_told[part],
            earlier[0] if earlier else None,
            before_told.get(part),
        )


def _without_small(parts: Mapping[str | None, Tally]) -> dict[str | None, Tally | None]:
    """None for parts of few answers, and for the smallest other where only one was: whoever has
    the whole could work it out.
    """
    hidden = {part for part, tally in parts.items() if not _enough(tally)}
    others = sorted(parts.keys() - hidden, key=lambda one: (parts[one].denominator, str(one)))
    if len(hidden) == 1:
        hidden |= set(others[:1])
    return {part: None if part in hidden else tally for part, tally in parts.items()}

"""Reads a survey tool's exports, one row a respondent and one column a question, into one wave."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data_access.code_sets.survey_questions import ABOUT_A_FAMILY, Question
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.columns.column_read import UNREADABLE, shown
from loading.sources.cells import Unreadable
from loading.sources.reading import ERROR, WARNING, Gathering, Issue, Reading
from loading.surveys.answers import AnswerReader
from loading.surveys.form import Form, Wave
from loading.surveys.headings import Headings, columns_not_read
from loading.surveys.respondents import Respondent, respondents
from loading.surveys.sheets import Export, read_export

RESPONSE, RESPONDENT, WAVE = "survey_response", "survey_respondent", "survey_wave"
NO_ANSWER = "no answer"
# "?" and the like are shown; what is longer may be somebody's own words.
LONGEST_SHOWN = 25


def read_survey(
    paths: Sequence[Path], wave: Wave, form: Form, limits: LoadingLimits = DEFAULT_LIMITS
) -> Reading:
    """The wave, who answered it, and each answer from 1 to 5; nothing of what names anybody.

    A row is a respondent, under a number that is no id of anybody's. What can't be understood is
    left out and said with file, row and column. Loaded again, a wave takes its own place alone.
    """
    survey = _Survey(wave, form)
    for path in paths:
        survey.take(read_export(path, survey.headings.name_of, limits))
    survey.settle()
    return Reading(
        f"survey {wave.wave_id}",
        max([wave.last_day or wave.first_day, *survey.days]),
        survey.gathering.frames(),
        tuple(survey.gathering.issues),
        survey.gathering.read,
        survey.gathering.left_out,
        data_to_from="the last day of the survey",
        replaces_only=("survey_wave_id", wave.wave_id),
    )


class _Survey:
    """One wave while its files are read."""

    def __init__(self, wave: Wave, form: Form) -> None:
        self.wave, self.form = wave, form
        self.headings = Headings(form)
        self.answers = AnswerReader(form.first_column)
        self.gathering = Gathering()
        self.days: set[date] = set()
        self.asked: set[str] = set()
        self.rows = self.answered = 0

    def take(self, export: Export) -> None:
        """Every row of a file; a Problem where no column of it is a question."""
        questions = list(self.headings.questions_in(export))
        if not questions:
            raise Problem(
                f"{export.file}: no column is a question of the survey '{self.wave.survey}'. Head"
                " them with codes or the catalogue's words, which"
                f" 'survey --survey {self.wave.survey} --questions' prints, put a council's own"
                " words into survey_question.csv, or say by --mapping which column is which"
                " question."
            )
        export = self._respondents_alone(export)
        issues = self.gathering.issues
        issues.extend(
            Issue("read_with_doubt", RESPONSE, self.wave.wave_id, WARNING, doubt)
            for doubt in export.doubts
        )
        issues.extend(columns_not_read(self.headings, export, self.wave.wave_id))
        self.asked |= {question.code for _, question in questions}
        for one in respondents(export, self.wave, self.form, self.rows + 1, issues):
            self._take_respondent(one, export, questions)
        self.rows += len(export.rows)

    def _respondents_alone(self, export: Export) -> Export:
        """The export without rows of totals, each of them said; a Problem where no row is left."""
        alone, totals = export.without_totals()
        for row in totals:
            said = (
                f"{export.file}, row {row}: by a cell it is of totals or averages, and no"
                " respondent's; the row is left out. Take it out of the file."
            )
            self.gathering.leave_out(
                RESPONDENT, Issue("row_of_totals", RESPONDENT, self.wave.wave_id, WARNING, said)
            )
        if not alone.rows:
            raise Problem(
                f"{export.file} has no row of a respondent below its headings: a survey is read"
                " from its answers, one row a respondent and one column a question, not from counts"
                " of them. Export the answers."
            )
        return alone

    def _take_respondent(
        self, one: Respondent, export: Export, questions: Sequence[tuple[int, Question]]
    ) -> None:
        said = [(place, one.cells[place], question) for place, question in questions]
        if one.why_not:
            self._leave_out(one, len(said))
            return
        answered = False
        for place, cell, question in said:
            where = f"{one.where}, column '{export.headings[place]}'"
            answered |= self._take_answer(one, cell, question, where)
        if answered:
            self._keep(one)

    def _leave_out(self, one: Respondent, answers: int) -> None:
        assert one.why_not, "only what can't be used is left out"
        rule, why = one.why_not
        issue = Issue(rule, RESPONDENT, self.wave.wave_id, ERROR, f"{one.where}: {why}")
        self.gathering.leave_out(RESPONDENT, issue)
        for _ in range(answers):
            self.gathering.pass_over(RESPONSE, rule)

    def _take_answer(self, one: Respondent, cell: object, question: Question, where: str) -> bool:
        key = f"{self.wave.wave_id}:{one.number}:{question.code}"
        try:
            answer = self.answers.read(cell, where)
        except Unreadable as wanted:
            quoted = _quoted(cell)
            why = f"{where}: {quoted}{wanted}; the answer is left out. Correct it."
            self.gathering.leave_out(RESPONSE, Issue(UNREADABLE, RESPONSE, key, ERROR, why))
            return False
        if answer is None:
            self.gathering.pass_over(RESPONSE, NO_ANSWER)
            return False
        self._offer(one, key, question, answer, where)
        return True

    def _offer(
        self, one: Respondent, key: str, question: Question, answer: int, where: str
    ) -> None:
        # What is said of a family that is named is of no unit and of no respondent.
        is_of_nobody = question.code in ABOUT_A_FAMILY
        self.gathering.offer(
            RESPONSE,
            response_id=key,
            survey=self.wave.survey,
            answered_on=one.answered_on,
            unit_id=None if is_of_nobody else one.unit_id,
            question=question.code,
            answer=answer,
            respondent_id=None if is_of_nobody else one.respondent_id,
            survey_wave_id=self.wave.wave_id,
            found_at=where,
        )

    def _keep(self, one: Respondent) -> None:
        assert one.answered_on, "a row without a day is left out"
        self.answered += 1
        self.days.add(one.answered_on)
        self.gathering.offer(
            RESPONDENT,
            survey_respondent_id=f"{self.wave.wave_id}:{one.number}",
            respondent_id=one.respondent_id,
            survey_wave_id=self.wave.wave_id,
            unit_id=one.unit_id,
            role=one.role,
            direct_time_band=one.direct_time_band,
            found_at=one.where,
        )

    def settle(self) -> None:
        """What is known once every file is read: the wave itself, and what is in doubt of it."""
        self.answers.refuse_contradictions()
        wave = self.wave
        self.gathering.offer(
            WAVE,
            survey_wave_id=wave.wave_id,
            survey=wave.survey,
            first_day=wave.first_day,
            last_day=wave.last_day,
            unit_id=wave.unit_id,
            asked=wave.asked,
            asked_by=wave.asked_by,
            found_at=f"survey_wave {wave.wave_id}",
        )
        self.gathering.issues.extend(self._doubts())

    def _doubts(self) -> Iterator[Issue]:
        asked, counted = self.wave.asked, self.form.counted
        if asked is not None and self.answered > asked:
            said = (
                f"{self.answered} answered, and --asked says that {asked} were asked: correct it."
            )
            yield Issue("more_answered_than_asked", WAVE, self.wave.wave_id, WARNING, said)
        if counted is not None and counted not in self.asked:
            said = (
                f"no column is {counted}, the question that the figure counts ([surveys] in the"
                " settings): the answers move no figure on Month."
            )
            yield Issue("question_of_figure_missing", WAVE, self.wave.wave_id, WARNING, said)


def _quoted(cell: object) -> str:
    """A cell as a message may show it: short, and nobody's name or address."""
    words = "" if "@" in str(cell) or len(str(cell)) > LONGEST_SHOWN else shown(cell)
    return f"{words}: " if words else ""

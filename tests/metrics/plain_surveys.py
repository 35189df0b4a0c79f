"""Answers of a survey as plain loops take them."""

from collections.abc import Iterator, Sequence

from tests.metrics.plain import AS_AT
from tests.worlds import World

TURNED = {"often_stressed", "work_over_hours", "often_disagree", "aggressive"}


def given_answers(world: World, surveys: Sequence[str], question: str) -> Iterator[dict]:
    """Each answer that says anything, earliest first, with `positive` as 1 or 0."""
    own = {
        (row["survey"], row["question"]): row["reversed"]
        for row in sorted(world.of("survey_question"), key=lambda row: row["survey_question_id"])
    }
    rows = sorted(
        world.of("survey_response"), key=lambda row: (row["answered_on"], row["response_id"])
    )
    for row in rows:
        if row["survey"] not in surveys or row["question"] != question:
            continue
        if row["answer"] not in (1, 2, 3, 4, 5) or row["answered_on"] > AS_AT:
            continue
        turned = own.get((row["survey"], question), question in TURNED)
        yield {**row, "positive": int(row["answer"] in ((1, 2) if turned else (4, 5)))}

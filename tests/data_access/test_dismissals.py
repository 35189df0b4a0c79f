"""A dismissed prompt is kept with who and why: of one child, while one stage lasts."""

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from data_access.meeting_store.dismissals import AtStage, dismiss, dismissed, prompt_dismissal
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem

KIT = AtStage("Kit", "CIN", date(2016, 2, 1))
OTHERS = (
    AtStage("Lou", "CIN", date(2016, 2, 1)),
    AtStage("Kit", "CP", date(2016, 2, 1)),
    AtStage("Kit", "CIN", date(2016, 2, 2)),
)


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def test_the_latest_dismissal_of_each_prompt_is_told_with_who_and_why(store):
    dismiss(store, KIT, "score", "Scored on paper", "Ann")
    dismiss(store, KIT, "score", " Scored on Monday ", "Bob ")
    dismiss(store, KIT, "alone", "A baby", "Cy")
    told = {name: (row.reason, row.by) for name, row in dismissed(store, ["Kit"])[KIT].items()}
    assert told == {"score": ("Scored on Monday", "Bob"), "alone": ("A baby", "Cy")}


@pytest.mark.parametrize("other", OTHERS)
def test_it_is_of_one_child_one_stage_and_one_beginning(store, other):
    dismiss(store, other, "score", "Scored on paper", "Ann")
    assert list(dismissed(store, ["Kit", "Lou"])) == [other]
    assert not dismissed(store, ["Max"])


def test_a_reason_without_words_or_a_name_is_refused(store):
    with pytest.raises(Problem, match="Say why the prompt does not hold"):
        dismiss(store, KIT, "score", "  ", "Ann")
    with pytest.raises(Problem, match="Say who does this"):
        dismiss(store, KIT, "score", "Known", " ")
    assert not dismissed(store, ["Kit"])


def test_what_was_dismissed_stays_as_it_was(store):
    dismiss(store, KIT, "score", "Scored on paper", "Ann")
    for statement in (update(prompt_dismissal).values(reason="x"), delete(prompt_dismissal)):
        with pytest.raises(DatabaseError), store.begin() as connection:
            connection.execute(statement)
    assert dismissed(store, ["Kit"])[KIT]["score"].reason == "Scored on paper"

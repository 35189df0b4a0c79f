"""Prompts of stage cards are entries of the settings: what a slip says, and what is shipped."""

import pytest

from data_access.cards.prompts import CONDITIONS, PROMPTED
from data_access.problems import Problem
from data_access.settings_file.reading import read_settings
from tests import COUNCIL
from tests.test_architecture import PROJECT

PROMPT = {
    "name": '"score"',
    "stage": '"CIN"',
    "when": '"no_score_for"',
    "number": "28",
    "words": '"How is it going?"',
    "source": '"local"',
}


def entry(**keys: str | None) -> str:
    lines = [f"{key} = {value}" for key, value in (PROMPT | keys).items() if value is not None]
    return "\n".join(["[[prompt]]", *lines, ""])


@pytest.fixture
def read(tmp_path):
    def of(*entries: str):
        file = tmp_path / "config.toml"
        file.write_text("\n".join([COUNCIL.read_text(encoding="utf-8"), *entries]), "utf-8")
        return read_settings(file)

    return of


def test_a_prompt_is_read_as_it_is_written_and_none_is_there_unless_it_is(read):
    assert read().prompts == ()
    (one,) = read(entry()).prompts
    assert (one.name, one.stage, one.when, one.number) == ("score", "CIN", "no_score_for", 28)
    (other,) = read(entry(when='"visit_past_due"', number=None)).prompts
    assert other.number is None


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([entry(when='"is_naughty"')], "no_score_for"),
        ([entry(stage='"between"')], "closing"),
        ([entry(number=None)], "has no number: add it, in days"),
        ([entry(when='"review_past_due"')], 'leave it out: "review_past_due" takes none'),
        ([entry(number="0")], "from 1 to 3660"),
        ([entry(), entry(words='"Again?"')], "name"),
        (["[cards]\nclosing_days = 0\n"], "from 1 to 366"),
    ],
)
def test_a_slip_is_told_in_one_sentence(read, entries, says):
    with pytest.raises(Problem, match="prompt|cards") as problem:
        read(*entries)
    assert says in str(problem.value)


def test_the_prompts_that_are_shipped_ask_and_never_order():
    prompts = read_settings(PROJECT / "config.toml").prompts
    assert {one.stage for one in prompts} == set(PROMPTED)
    assert all(one.words.endswith("?") and one.source for one in prompts)
    assert {one.when for one in prompts} <= set(CONDITIONS)

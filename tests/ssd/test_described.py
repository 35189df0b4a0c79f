"""Codes that a system writes in words are read as the codes they stand for."""

import pandas as pd
import pytest

from data_access.code_sets.plans import ABUSE, LEGAL_STATUS, REASON_CEASED
from loading.columns.codes import code_in
from tests.ssd import described
from tests.ssd.deployed import SYSTEMS
from tests.ssd.shapes import SHAPES

IN_WORDS = [
    (described.REASON_CEASED, REASON_CEASED, 255),
    (described.LEGAL_STATUS, LEGAL_STATUS, 100),
    (described.ABUSE, ABUSE, 100),
]


@pytest.mark.parametrize("words, code_set, width", IN_WORDS, ids=["ceased", "legal", "abuse"])
@pytest.mark.parametrize("end", ["", " "], ids=["as it is", "padded"])
def test_the_return_s_own_sentence_is_its_code(words, code_set, width, end):
    read = {code: code_in(text[:width] + end, code_set) for code, text in words.items()}
    assert read == {code: code for code in words}


@pytest.mark.parametrize("words", ["Returned home", "Left care", "Special guardianship order"])
def test_words_that_could_be_several_codes_are_none_of_them(words):
    assert code_in(words, REASON_CEASED) == words


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_column_holds_what_its_system_writes(system):
    of = pd.Series(["E4A", None])
    written = described.written(of, described.REASON_CEASED, SHAPES[system], 255)
    assert code_in(written[0], REASON_CEASED) == "E4A"
    assert pd.isna(written[1])

"""The report's own comparison, counted again."""

import numpy as np
import pytest

from metrics.compare.report_example import (
    REPORT,
    Reported,
    counts_printed_as,
    example_sentences,
    recounted,
    seen_of_staggered,
)

STEPPED_DOWN, CLOSED, RE_REFERRED = map(recounted, REPORT)


def test_a_percentage_is_printed_of_few_whole_numbers():
    assert counts_printed_as(12, 243) == [28, 29, 30]
    assert counts_printed_as(21, 300) == [62, 63, 64]
    # The report says 75% of those stepped down: 21 of 28 is, of 29 and 30 nothing is.
    assert [of for of in (28, 29, 30) if counts_printed_as(75, of)] == [28]
    # It says 50% of 87.
    assert counts_printed_as(50, 87) == []
    with pytest.raises(AssertionError, match="no whole number"):
        recounted(Reported("returned home", 50, 87, 25, 100))


def test_12_percent_of_243_beside_21_of_300():
    one = STEPPED_DOWN
    assert [round(end, 1) for end in (one.least, one.most)] == [-9.8, -8.3]
    assert [round(end, 1) for end in (one.low, one.high)] == [-15.9, -2.0]
    assert one.is_told_apart


def test_22_percent_of_243_beside_41_of_300():
    assert CLOSED.counts == [53, 54] and CLOSED.counts_before == [122, 123, 124]
    # 20% is printed too: its 48 are 21.6 points fewer than 124 of 300 have.
    printed_too = recounted(Reported("closed", 20, 243, 41, 300))
    assert round(printed_too.least, 1) == -21.6 and round(CLOSED.most, 1) == -18.4
    assert [round(end, 1) for end in (printed_too.low, CLOSED.high)] == [-28.8, -10.6]


def test_2_percent_of_243_beside_4_of_300_is_not_told_apart():
    one = RE_REFERRED
    assert (one.counts, one.counts_before) == ([4, 5, 6], [11, 12, 13])
    assert [round(end, 1) for end in (one.low, one.high)] == [-5.8, 2.0]
    assert not one.is_told_apart


def test_one_rate_with_half_the_follow_up_gives_all_three():
    """Reported were 12, 22 and 2."""
    found = [round(one.of_one_rate, 1) for one in (STEPPED_DOWN, CLOSED, RE_REFERRED)]
    assert found == [10.9, 22.3, 2.0]
    assert seen_of_staggered(0) == 0


def test_what_is_seen_of_staggered_cases_is_the_mean_over_their_times():
    times = (np.arange(100_000) + 0.5) / 100_000
    for share in (0.04, 0.21, 0.41, 0.9):
        seen = np.mean(1 - (1 - share) ** times)
        assert seen_of_staggered(share) == pytest.approx(seen, rel=1e-6)


def test_the_example_is_told_in_words():
    said = list(example_sentences())
    assert said[2] == (
        "Re-referred: 2% of 243 (4 to 6) beside 4% of 300 (11 to 13): −2.7 to −1.2 points,"
        " with chance −5.8 to +2.0: not told apart, if the follow-up were the same."
    )
    assert "closed 41% is seen as 22.3%" in said[3]

"""A load holds the rows of a large council once: what has been put together is let go."""

from datetime import date
from weakref import ref

import pandas as pd

from loading.combining import combine
from loading.filled import filled_now
from loading.fitting import repeated
from loading.sources.reading import Reading

COMPLAINTS = {
    "complaint_id": ["A", "B"],
    "received_on": [date(2016, 9, 1), date(2016, 9, 2)],
    "child_id": ["C1", None],
    "stage": [1, 2],
}


def reading() -> Reading:
    rows = pd.DataFrame(COMPLAINTS, dtype=object)
    return Reading("csv", date(2016, 10, 31), {"complaint": rows}, lacks={"child": "none"})


def test_rows_that_were_put_together_are_held_as_combined_and_nowhere_else():
    readings = [reading()]
    held = ref(readings[0].frames["complaint"])
    combined = combine(readings.pop() for _ in range(1))
    assert held() is None
    assert list(combined.frames["complaint"]["complaint_id"]) == ["A", "B"]


def test_what_was_let_go_is_still_counted():
    combined = combine([reading()])
    assert combined.read(0, "complaint") == 2
    assert filled_now(combined.readings)["csv"]["complaint"]["child_id"] == 1


def test_a_reading_that_is_loaded_stays_whole_for_whoever_holds_it():
    kept = reading()
    combine([kept])
    assert list(kept.frames["complaint"]["child_id"]) == ["C1", None]


def test_only_a_key_that_is_the_same_is_a_repeated_one():
    # -1 and -2 have one hash.
    keys = pd.DataFrame({"key": [-1, -2, "A", -1, "B", "A", None, None]}, dtype=object)
    assert list(repeated(keys, ["key"])) == list(keys.duplicated())
    assert list(repeated(keys.assign(other=1), ["key", "other"])) == list(keys.duplicated())
    texts = pd.DataFrame({"key": ["A", "B", "A"]}, dtype="str")
    assert list(repeated(texts, ["key"])) == [False, False, True]
    assert not len(repeated(texts[:0], ["key"]))

"""What figures remember: bounded, the same for all, and whole whoever asks at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count
from threading import Barrier, Thread

import pytest

from metrics.catalogue import CATALOGUE
from metrics.figures import FIGURES_KEPT, READINGS_KEPT
from metrics.memory import Memory
from metrics.model import Scope, Tally, View
from metrics.spc.month_charts import MONTHS_JUDGED
from tests.exports.made_up import SEPTEMBER, figures

THREADS = 16


@pytest.fixture
def restless():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_value_is_worked_out_once():
    made, memory = count(), Memory[int](3)
    assert [memory.value("a", lambda: next(made)) for _ in range(3)] == [0, 0, 0]


def test_none_is_a_value_too():
    made, memory = count(), Memory[int | None](3)
    assert [memory.value("a", lambda: None if next(made) == 0 else 1) for _ in "12"] == [None, None]


def test_the_one_that_nobody_asked_for_longest_is_forgotten_first():
    memory = Memory[str](2)
    for place in ("a", "b", "a", "c"):
        memory.value(place, partial(str, place))
    assert memory.value("a", lambda: "anew") == "a"
    assert memory.value("b", lambda: "anew") == "anew"


def test_many_threads_are_given_one_value_each_place_and_never_more_than_fit(restless):
    memory, begin = Memory[View](8), Barrier(THREADS)
    places = [View(SEPTEMBER.shift(-back)) for back in range(12)]

    def ask(thread: int) -> bool:
        begin.wait()
        turned = (places[at * (2 * thread + 1) % 12] for at in range(1500))
        return all(memory.value(one, partial(replace, one)) == one for one in turned)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(ask, range(THREADS)))
    assert len(memory) == 8


class Disturbed(str):
    """A place that lets another thread in while it is looked up, once it is told to."""

    def __init__(self, _name: str) -> None:
        self.looked_up: Iterator[int] | None = None
        self.other: Thread | None = None

    def __hash__(self) -> int:
        if self.looked_up and self.other and next(self.looked_up) == 1:
            self.other.start()
            # Not for ever: whoever must wait for this look-up to end goes on after it.
            self.other.join(0.1)
        return super().__hash__()


def test_a_value_is_not_forgotten_while_somebody_is_given_it():
    memory, place = Memory[str](1), Disturbed("a")
    memory.value(place, lambda: "kept")
    place.other = Thread(target=memory.value, args=("b", lambda: "another"))
    place.looked_up = count()
    assert memory.value(place, lambda: "anew") == "kept"
    place.other.join()
    assert len(memory) == 1


def test_threads_that_work_out_one_value_at_once_are_given_the_same():
    memory, both_are_in = Memory[object](5), Barrier(THREADS)

    def work_out() -> object:
        both_are_in.wait()
        return object()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda _: memory.value("a", work_out), range(THREADS)))
    assert len(set(map(id, answers))) == 1


def test_figures_asked_for_by_many_threads_are_those_of_one():
    alone, shared, begin = figures(months=24), figures(months=24), Barrier(THREADS)
    asked = [
        (metric, View(SEPTEMBER.shift(-back), Scope(unit_id)))
        for metric in CATALOGUE.values()
        for unit_id in shared.units
        for back in range(2)
    ]

    def ask(thread: int) -> list:
        begin.wait()
        turned = asked[thread:] + asked[:thread]
        told = [shared.charted_result(*one) for one in turned]
        return told[-thread:] + told[:-thread] if thread else told

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))
    expected = [alone.charted_result(*one) for one in asked]
    assert all(told == expected for told in answers)


def test_a_copy_with_other_numbers_remembers_nothing():
    made, metric, view = figures(), CATALOGUE["caseload"], View(SEPTEMBER)
    before = made.result(metric, view)
    place = (metric.key, view.scope.unit_id, view.period)
    changed = replace(made, tallies={**made.tallies, place: Tally(1, 1)})
    assert changed.result(metric, view).tally == Tally(1, 1) != before.tally


def test_figures_are_the_same_whatever_has_been_forgotten(monkeypatch):
    expected = figures().trend(CATALOGUE["caseload"], Scope(), SEPTEMBER)
    forgetful = figures()
    monkeypatch.setattr(forgetful._figures, "size", 2)
    for _ in range(2):
        assert forgetful.trend(CATALOGUE["caseload"], Scope(), SEPTEMBER) == expected


def test_all_months_of_ten_units_are_remembered_for_every_metric():
    """Else Month, which asks for a month of them, would work out anew what was just forgotten."""
    places = len(CATALOGUE) * 10 * MONTHS_JUDGED
    assert places <= min(READINGS_KEPT, FIGURES_KEPT)

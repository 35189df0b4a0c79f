"""An oracle over empty worlds proves nothing: the worlds must draw what is to be counted."""

import pytest
from hypothesis import given, settings

from metrics.catalogue import CATALOGUE
from metrics.definitions.visits_out_of_timescale import STATES
from tests.worlds import WORLDS

look_at = settings(settings.get_profile("oracle"), max_examples=40)


@pytest.mark.parametrize("key", CATALOGUE)
def test_one_world_in_ten_gives_the_metric_something_to_count(rows_of, key):
    sizes = []

    @look_at
    @given(WORLDS[key]())
    def look(world):
        sizes.append(len(rows_of(CATALOGUE[key], world)))

    look()
    assert sum(size > 0 for size in sizes) >= len(sizes) / 10, sizes


def test_visits_of_every_state_are_drawn(rows_of):
    drawn: set[str] = set()

    @look_at
    @given(WORLDS["visits_out_of_timescale"]())
    def look(world):
        drawn.update(row["state"] for row in rows_of(CATALOGUE["visits_out_of_timescale"], world))

    look()
    # "No record yet" is rare: it has a worked example of its own.
    assert drawn >= set(STATES) - {"no_record_yet"}

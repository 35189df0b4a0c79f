"""Every metric against its count in plain loops, over many more worlds than each run draws."""

import pytest
from hypothesis import given

from metrics.catalogue import CATALOGUE
from tests.metrics.plain import tallied
from tests.metrics.references import REFERENCES
from tests.worlds import WORLDS


@pytest.mark.thorough
@pytest.mark.parametrize("key", REFERENCES)
def test_every_metric_agrees_with_its_plain_count_over_many_worlds(rows_of, key):
    @given(WORLDS[key]())
    def check(world):
        found, expected = rows_of(CATALOGUE[key], world), REFERENCES[key](world)
        assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")

    check()

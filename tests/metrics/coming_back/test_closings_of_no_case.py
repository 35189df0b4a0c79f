"""Days of closing on referrals of which nothing further came tell nothing of cases."""

from datetime import date

import pytest

from data_access.database import read
from loading.not_in_source import not_in_source
from metrics.definitions.coming_back.re_referral import while_open
from tests.worlds import World, basis, loaded, months

CLOSED_AT_ONCE = {"closed_on": date(2016, 5, 5), "no_further_action": True}


def cases_without_closings() -> World:
    """Two cases of one child, neither ever closed, beside a referral that was no case."""
    world = World()
    world.add("referral", child_id="Kit", received_on=date(2016, 2, 2))
    world.add("referral", child_id="Kit", received_on=date(2016, 5, 4))
    world.add("referral", child_id="Lou", received_on=date(2016, 5, 5), **CLOSED_AT_ONCE)
    return world


def test_where_only_they_have_one_no_case_is_called_open(shared_engine):
    query = while_open(months(), basis())
    with loaded(shared_engine, cases_without_closings(), only_for=[query]) as engine:
        assert sum(row.numerator for row in read(engine, query)) == 0


@pytest.mark.parametrize("key", ["closed", "re_referred_after_closure"])
def test_where_only_they_have_one_what_counts_closings_is_not_in_the_source(shared_engine, key):
    world = cases_without_closings()
    query = while_open(months(), basis())
    with loaded(shared_engine, world, only_for=[query]) as engine, engine.connect() as connection:
        assert key in not_in_source(connection)

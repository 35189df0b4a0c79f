"""A column of the SSD that is deployed, and empty or unreadable in one table of several."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from data_access.problems import Problem
from data_access.settings_file.reading import read_settings
from loading.loads import load
from loading.sources.reading import ABSENT, ERROR, WARNING, Issue, Reading
from loading.sources.ssd.reader import read_ssd
from tests.loading.ssd.small import SMALL, Rows, changed, day, deployed

END = "cppl_cp_plan_end_date"


@pytest.fixture
def reads(tmp_path: Path):
    def reading(rows: Rows) -> Reading:
        url = deployed(f"sqlite:///{tmp_path / f'{uuid4().hex}.sqlite'}", rows)
        return read_ssd(make_url(url))

    return reading


def with_ends(*ends: object) -> Rows:
    """A CP plan of each end, beside a CIN plan that ended."""
    (cp,), (cin,) = SMALL["ssd_cp_plans"], SMALL["ssd_cin_plans"]
    plans = [{**cp, "cppl_cp_plan_id": str(place), END: end} for place, end in enumerate(ends)]
    ended = {**cin, "cinp_cin_plan_end_date": day("2016-04-01")}
    return changed("ssd_cp_plans", *plans, small=changed("ssd_cin_plans", ended))


def absent(reading: Reading) -> list[Issue]:
    return [issue for issue in reading.issues if issue.rule == ABSENT]


def test_an_end_that_one_table_never_has_is_said_though_another_table_has_it(reads):
    (issue,) = absent(reads(with_ends(*[None] * 5)))
    assert (issue.table_name, issue.severity, issue.column) == ("plan", WARNING, "ended_on")
    assert issue.message == (
        "cppl_cp_plan_end_date is empty in every row of ssd_cp_plans: every plan counts as open."
        " Ask whoever deployed it."
    )


def test_one_end_or_few_rows_are_no_empty_column(reads):
    assert not absent(reads(with_ends(*[None] * 4)))
    assert not absent(reads(with_ends(*[None] * 4, day("2016-06-01"))))


def test_the_same_of_periods_of_care(reads):
    its = SMALL["ssd_cla_episodes"][1]
    episodes = [{**its, "clae_cla_episode_id": f"E{place}"} for place in range(5)]
    said = [issue.message for issue in absent(reads(changed("ssd_cla_episodes", *episodes)))]
    assert any("clae_cla_episode_ceased_date is empty in every row" in one for one in said)


def test_placements_that_have_their_days_from_episodes_lack_none(reads):
    its = {"clap_person_id": "K1", "clap_cla_id": "L1", "clap_cla_placement_type": "U4"}
    placements = [{**its, "clap_cla_placement_id": f"PL{place}"} for place in range(1, 6)]
    said = [issue.column for issue in absent(reads(changed("ssd_cla_placement", *placements)))]
    assert "ended_on" not in said


def test_an_end_of_which_every_value_is_refused_stops_the_load_until_it_is_accepted(
    reads, duckdb_url
):
    rubbish = with_ends(*["not yet known"] * 5)
    (issue,) = absent(reads(rubbish))
    assert issue.severity == ERROR
    refused = f"Of plan: all 5 values of {END} were refused. Why: No value of {END} in ssd_cp_plans"
    with pytest.raises(Problem, match=refused):
        load(duckdb_url, reads(rubbish), read_settings())
    load(duckdb_url, reads(rubbish), read_settings(), accept_loss=["plan"])


def test_one_value_that_can_be_read_lets_the_load_go_on(reads, duckdb_url):
    reading = reads(with_ends(*["not yet known"] * 4, "2016-06-01"))
    assert not reading.emptied and not absent(reading)
    load(duckdb_url, reading, read_settings())

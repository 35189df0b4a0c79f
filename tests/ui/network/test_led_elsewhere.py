"""From whom linked adults are asked: a child whom an open unit leads today, or led last."""

import shutil
from datetime import date

import pytest
import sqlalchemy
from sqlalchemy import insert, update
from sqlalchemy.engine import make_url

from data_access.schema import allocation
from tests.ui import signing_in
from tests.ui.network.families import ASSESSED, ROLES, VERIFIED
from tests.ui.network.test_network import asked, child_of, html, page, told

LEFT_ON = date(2016, 6, 1)
WAY = "Linked adults</a>"
LED_ELSEWHERE = "The unit that leads on this child, or led last, is not open to you"


@pytest.fixture(scope="module")
def moved(database, tmp_path_factory) -> str:
    """Unit 1's children are led by Unit 4 since June, and Unit 3's by nobody; lists are older."""
    file = tmp_path_factory.mktemp("moved") / "moved.duckdb"
    shutil.copy(str(make_url(database).database), file)
    engine = sqlalchemy.create_engine(f"duckdb:///{file}")
    with engine.begin() as connection:
        left = allocation.c.unit_id.in_(("U1", "U3"))
        connection.execute(update(allocation).where(left).values(ended_on=LEFT_ON))
        led = {"worker_id": "WORKER-U4", "unit_id": "U4", "lead": True, "started_on": LEFT_ON}
        taken = [{"allocation_id": f"A{n}", "child_id": f"KID-U1-{n}", **led} for n in range(3)]
        connection.execute(insert(allocation), taken)
    engine.dispose()
    return f"duckdb:///{file}"


@pytest.fixture
def door(tmp_path, monkeypatch, store, moved):
    monkeypatch.setenv("CHILDSTAT_DATABASE", moved)
    return signing_in.door(tmp_path, monkeypatch, ROLES + ASSESSED)


def test_from_a_child_who_went_to_another_unit_the_old_one_asks_no_more_and_the_new_one_does(door):
    door.comes("asker", "U1")
    said = child_of("U1")
    child = html(page("child", **said))
    assert "Quillfeather U1" in child and WAY not in child
    closed = page("network", **said)
    assert LED_ELSEWHERE in html(closed) and not closed.selectbox
    door.comes("asker", "U4")
    now_led = {"child": said["child"]}
    assert WAY in html(page("child", **now_led))
    assert VERIFIED in told(html(asked(now_led)))
    assert [one.unit_id for one in door.events("asked for linked adults")] == ["U4"]


def test_of_a_child_whom_nobody_leads_the_unit_that_led_last_asks(door):
    door.comes("asker", "U3")
    said = child_of("U3")
    assert WAY in html(page("child", **said))
    assert VERIFIED in told(html(asked(said)))

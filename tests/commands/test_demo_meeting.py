"""The invented meeting that `demo --with-meeting` writes: into a store that holds nothing."""

from dataclasses import replace

import pytest

from commands.building import meeting_told
from data_access.meeting_store.opening import open_store
from data_access.viewer import local_viewer
from meeting.actions import every_action
from meeting.demo.held import BY, PARTNER
from meeting.learning.lessons import every_lesson
from meeting.learning.remarks import Place, every_remark, make_remark
from metrics.model import Period
from tests.worlds import SETTINGS


@pytest.fixture
def settings(tmp_path):
    return replace(SETTINGS, meeting_store_url=f"sqlite:///{tmp_path / 'meeting.sqlite'}")


def test_a_meeting_of_two_months_ago_has_actions_a_lesson_and_a_remark_with_its_answer(
    database, settings
):
    said = meeting_told(database, settings)
    assert "an invented meeting about June 2016" in said and "remove its file" in said
    store = open_store(settings.meeting_store_url)
    actions, (lesson,), (remark,) = every_action(store), every_lesson(store), every_remark(store)
    assert {one.agreed for one in actions} == {Period(2016, 7)}
    assert [one.is_open for one in actions].count(True) == 3
    assert lesson.action_id in {one.id for one in actions if one.outcome == "done"}
    assert len(remark.answers) == 1
    authors = {lesson.by, remark.by, remark.answers[0].by, *(one.agreed_by for one in actions)}
    assert authors == {BY} and "invented" in BY


def test_a_store_that_holds_anything_is_left_as_it_is(database, settings):
    store = open_store(settings.meeting_store_url)
    make_remark(store, Place("month", Period(2016, 9).start), "Why?", local_viewer(settings))
    assert "holds something already" in meeting_told(database, settings)
    assert every_action(store) == [] and len(every_remark(store)) == 1


def test_one_action_is_the_partner_s_whom_the_shipped_settings_name(database, settings):
    meeting_told(database, settings)
    owners = [one.owner for one in every_action(open_store(settings.meeting_store_url))]
    assert (owners.count(PARTNER), PARTNER) == (1, "Virtual school")

"""The day where the children are, whatever the server's clock says."""

from datetime import UTC, date, datetime

import pytest

from data_access import london


class _Clock(datetime):
    """A clock that stands half an hour before midnight, by UTC, in summer."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2016, 7, 31, 23, 30, tzinfo=UTC).astimezone(tz)


def test_london_is_a_day_ahead_of_a_server_on_utc_late_on_a_summer_night(monkeypatch):
    monkeypatch.setattr(london, "datetime", _Clock)
    assert london.today() == date(2016, 8, 1)
    assert london.now().hour == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2016, 7, 31, 23, tzinfo=UTC), date(2016, 8, 1)),
        (datetime(2016, 7, 31, 22, 59, tzinfo=UTC), date(2016, 7, 31)),
        (datetime(2016, 12, 31, 23, 59, tzinfo=UTC), date(2016, 12, 31)),
        (datetime(2016, 7, 31, 23), date(2016, 7, 31)),
    ],
)
def test_a_moment_has_its_day_in_london(moment, day):
    assert london.day_of(moment) == day


def test_a_moment_of_a_file_is_in_utc():
    assert london.day_of_utc(datetime(2016, 7, 31, 23, 30)) == date(2016, 8, 1)

"""Days in every shape that people and systems write, and the order that a column has."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.london import LONDON
from loading.columns.column_read import EXCEL_DAY_0, EXCEL_DAY_0_OF_1904, ColumnRefused
from loading.columns.days import NEEDED, NO_SUCH_DAY, OTHER_WEEKDAY, SHORT_END, read

SECOND_OF_MARCH = date(2021, 3, 2)


def values(*cells) -> list:
    found = read(cells)
    assert not found.refused
    return [found.values[cell] for cell in cells]


def said(*cells) -> list[str]:
    return [remark.sentence(repr) for remark in read(cells).remarks]


def why_refused(*cells) -> str:
    with pytest.raises(ColumnRefused) as refused:
        read(cells)
    return refused.value.remark.sentence(repr)


@pytest.mark.parametrize(
    "cell",
    ["2021-03-02", "2021/03/02", "2021.3.2", "20210302", "2021-Mar-02", "2 Mar 2021", "02-MAR-21",
     "02-Mar-2021", "02MAR2021", "2 March 2021", "2nd March 2021", "Mar 02 2021", "Mar  2 2021",
     "March 2, 2021", "Mar 02 2021 12:00AM", "Mar  2 2021  1:05PM", "2021-03-02 00:00:00",
     "2021-03-02T09:30:00.123", "2021-03-02T00:00:00Z", "2021-03-02T00:00:00+00:00",
     "2021-03-02 00:00:00 +0000", "2021-03-02Z", "Tue 2 Mar 2021", "Tuesday, 2 March 2021",
     "2 Mar 2021 23:59:59", "\u200e2\u200e Mar 2021", " 2021-03-02 ", "2021-03-02\xa000:00",
     datetime(2021, 3, 2, 9, 30), SECOND_OF_MARCH, 44257, 44257.75],
)  # fmt: skip
def test_a_day_that_can_be_only_one_is_that_day_and_nothing_is_said(cell):
    assert values(cell) == [SECOND_OF_MARCH]
    assert said(cell) == []


@pytest.mark.parametrize(
    "cell", ["02/03/2021", "2-3-2021", "02.03.2021", "02/03/2021 12:00:00 AM", "02/03/2021, 09:30"]
)
def test_numbers_alone_have_the_order_of_their_column(cell):
    assert values(cell, "31/03/2021")[0] == SECOND_OF_MARCH
    assert said(cell, "31/03/2021") == []
    assert said(cell) == [
        f"every date can be read day first and month first; day first was taken, as in {cell!r}."
        " Check one"
    ]


def test_a_day_that_is_the_same_in_every_order_is_no_doubt():
    assert values("03/03/2021", "01/01/2021") == [date(2021, 3, 3), date(2021, 1, 1)]
    assert said("03/03/2021", "01/01/2021") == []


def test_a_column_of_months_first_is_refused_whole():
    assert why_refused("02/03/2021", "02/13/2021") == (
        "its dates are month first, as in '02/13/2021', which is read nowhere here: export them as"
        " 2016-12-31"
    )


def test_a_column_in_two_orders_is_refused_whole_with_a_cell_of_each():
    why = why_refused("02/03/2021", "13/03/2021", "03/14/2021")
    assert "two orders, as in '03/14/2021' and '13/03/2021'" in why


def test_a_column_of_year_day_and_month_is_refused_whole():
    assert "year, day, month, as in '2021-13-02'" in why_refused("2021-03-02", "2021-13-02")


def test_one_mistake_among_dates_that_contradict_it_spoils_no_other():
    others = [f"2016-{month:02}-{day}" for month in range(1, 6) for day in range(13, 25)]
    found = read(["2016-13-01", *others, "2016-03-04"])
    assert dict(found.refused) == {
        "2016-13-01": "there is no such month, and it is the one date of 62 different ones that is"
        " not year, month, day"
    }
    assert found.values["2016-03-04"] == date(2016, 3, 4)
    assert not found.remarks


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (["2016-13-01", "2016-14-01", *(f"2016-01-{day}" for day in range(13, 30))], (2, 17)),
        (["2016-13-01", "2016-01-13", "2016-01-14", "2016-01-15"], (1, 3)),
    ],
)
def test_dates_in_two_orders_that_begin_with_the_year_are_refused_with_how_many(cells, counts):
    some, others = counts
    assert why_refused(*cells) == (
        f"of its different dates {some} can only be year, day, month, as in '2016-13-01', and"
        f" {others} only year, month, day, as in '2016-01-13', so nobody can tell days from months"
        " in the others: export them as 2016-12-31"
    )


def test_dates_that_begin_with_another_number_say_nothing_of_those_that_begin_with_the_year():
    others = [f"{day}/03/2016" for day in range(13, 28)]
    assert "written year, day, month" in why_refused("2016-13-01", *others)


def test_years_of_two_figures_have_the_order_of_their_column():
    found = read(["02-03-21", "31-03-21", "13-03-09", "01-02-98"])
    assert [*found.values.values()] == [
        SECOND_OF_MARCH, date(2021, 3, 31), date(2009, 3, 13), date(1998, 2, 1)
    ]  # fmt: skip
    assert found.remarks == ()
    # Any of these could be a day of 2002 or 2031: day first is taken, and said.
    assert "day first and year first; day first was taken" in said("02-03-21", "31-03-21")[0]


def test_a_year_of_two_figures_comes_first_where_it_can_only_be_there():
    assert values("98-10-03", "16-10-31") == [date(1998, 10, 3), date(2016, 10, 31)]


def test_a_year_of_two_figures_that_seems_to_come_first_is_not_guessed():
    why = why_refused("16-10-03", "16-10-30", "16-11-07", "17-01-12")
    assert "seem to begin with a year of two figures, as in '16-10-03'" in why


@pytest.mark.parametrize("cell", ["01-JAN-00", "31-DEC-99", "30/12/99", "01/01/01"])
def test_a_short_year_that_may_be_an_open_end_is_refused(cell):
    assert dict(read([cell, "13/02/2016"]).refused) == {cell: SHORT_END}


@pytest.mark.parametrize(
    "cell",
    ["0001-01-01", "01/01/0001 00:00:00", "0001-01-01T00:00:00Z", "1900-01-01", "01/01/1900",
     "1899-12-30", "1753-01-01T00:00:00Z", "1601-01-01", "9999-12-31", "31/12/9999 23:59:59",
     "9999-12-31T23:59:59-05:00", "9999-01-01", "31-DEC-4712", "3000-01-01", "0000-00-00",
     "0000-00-00 00:00:00", "0000-00-00T00:00", "0000-00-00 00:00:00.000000",
     "00/00/0000", datetime(1900, 1, 1), datetime(9999, 12, 31), time(0), 0, 1, 2, 2958465,
     None, "", "NULL", "#N/A"],
)  # fmt: skip
def test_an_open_end_is_nothing(cell):
    assert values(cell) == [None]
    assert said(cell) == []


@pytest.mark.parametrize(
    ("cell", "why"),
    [("soon", NEEDED), ("2016", NEEDED), (2016, NEEDED), (7, NEEDED), ("7", NEEDED), (True, NEEDED),
     ("Smarch 2 2021", NEEDED), ("02-03/2021", NEEDED), ("2021-03-02 25:00", NEEDED),
     ("2021-03-02 13:00PM", NEEDED), (timedelta(3), NEEDED), ("2016-06-31", NO_SUCH_DAY),
     ("30/02/2016", NO_SUCH_DAY), ("31 June 2016", NO_SUCH_DAY), ("2016-00-10", NO_SUCH_DAY),
     ("Wed 2 Mar 2021", OTHER_WEEKDAY)],
)  # fmt: skip
def test_what_is_no_day_is_refused_and_spoils_no_other(cell, why):
    found = read([cell, "13/02/2016", "02/03/2016"])
    assert dict(found.refused) == {cell: why}
    assert found.values["02/03/2016"] == date(2016, 3, 2)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2015-04-17T23:00:00Z", date(2015, 4, 18)), ("2015-04-17T22:59:59Z", date(2015, 4, 17)),
     ("2015-01-17T23:00:00Z", date(2015, 1, 17)), ("2015-04-18T00:00:00+01:00", date(2015, 4, 18)),
     ("2015-04-18T00:30:00+02:00", date(2015, 4, 17)),
     ("2015-04-17 23:00:00.000 UTC", date(2015, 4, 18)),
     ("2015-04-17T23:00:00-0100", date(2015, 4, 18)), ("17/04/2015 23:30 GMT", date(2015, 4, 18)),
     ("18/04/2015 00:30 BST", date(2015, 4, 18)), ("2015-04-17T23:00:00", date(2015, 4, 17)),
     (datetime(2015, 4, 17, 23, tzinfo=UTC), date(2015, 4, 18))],
)  # fmt: skip
def test_a_time_with_a_zone_is_a_day_in_london(cell, day):
    assert values(cell) == [day]


def test_a_bare_number_is_a_day_of_its_workbook():
    assert read([42387], EXCEL_DAY_0).values[42387] == date(2016, 1, 18)
    assert read([40925], EXCEL_DAY_0_OF_1904).values[40925] == date(2016, 1, 18)


def test_a_bare_number_in_text_is_read_and_said():
    assert values("42387") == [date(2016, 1, 18)]
    assert "bare numbers, as in '42387', were read as Excel's days" in said("42387")[0]


def test_days_that_excel_turned_round_are_refused():
    """3 April as 4 March: what is up to the 12th it took, and what is later it left as text."""
    dates = [datetime(2016, 3, 4), datetime(2016, 11, 12)]
    assert "takes days for months" in why_refused(*dates, "13/02/2016", "31/03/2016")
    assert "takes days for months" in why_refused("42433", "42686", "13/02/2016", "31/03/2016")
    assert "Check one" in said(datetime(2016, 3, 4), "13/02/2016")[0]


def test_dates_of_excel_beside_text_of_every_day_are_read():
    cells = [datetime(2016, 3, 14), "13/02/2016", "04/03/2016", datetime(2016, 3, 4)]
    assert values(*cells)[2:] == [date(2016, 3, 4), date(2016, 3, 4)]
    assert said(*cells) == []


days_of_care = st.dates(date(1990, 1, 2), date(2035, 12, 30))
LONG = {
    "iso": "%Y-%m-%d", "slashes, year first": "%Y/%m/%d", "compact": "%Y%m%d",
    "words": "%d %B %Y", "oracle": "%d-%b-%Y", "sql server": "%b %d %Y 12:00AM",
    "american words": "%B %d, %Y", "with a time": "%Y-%m-%dT09:30:00",
}  # fmt: skip


@given(st.lists(days_of_care, min_size=1, unique=True), st.data())
def test_days_in_any_sure_shape_are_read_back(days, data):
    shapes = [LONG[data.draw(st.sampled_from(sorted(LONG)))] for _ in days]
    written = {day.strftime(shape): day for day, shape in zip(days, shapes, strict=True)}
    assert values(*written) == [*written.values()]


@given(
    st.lists(days_of_care, min_size=1, unique=True),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y 12:00:00 AM", "%d/%m/%Y %H:%M"]),
)
def test_days_with_the_day_first_are_read_back_and_said_where_in_doubt(days, shape):
    written = {day.strftime(shape): day for day in days}
    assert values(*written) == days
    assert bool(said(*written)) == (
        all(day.day <= 12 for day in days) and any(day.day != day.month for day in days)
    )


@given(st.lists(days_of_care, min_size=1, unique=True))
def test_days_with_the_month_first_are_refused_or_said_to_be_in_doubt(days):
    written = {day.strftime("%m/%d/%Y"): day for day in days}
    if any(day.day > 12 for day in days):
        assert "month first" in why_refused(*written)
    elif any(day.day != day.month for day in days):
        assert "day first was taken" in said(*written)[0]
    else:
        assert values(*written) == days


@given(st.lists(days_of_care, min_size=1, unique=True), st.sampled_from(["%d/%m/%y", "%y-%m-%d"]))
def test_a_year_of_two_figures_is_right_or_refused_or_said(days, shape):
    written = {day.strftime(shape): day for day in days}
    try:
        found = read(written)
    except ColumnRefused:
        return
    for cell, day in written.items():
        assert found.remarks or cell in found.refused or found.values[cell] == day


@given(st.datetimes(datetime(1990, 1, 2), datetime(2035, 12, 30)), st.integers(-14, 14))
def test_a_moment_of_any_zone_is_its_day_in_london(moment, hours):
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert values(aware.isoformat()) == [aware.astimezone(LONDON).date()]


@given(st.lists(days_of_care, min_size=1, unique=True))
def test_a_day_is_the_same_as_a_bare_number_of_either_system(days):
    for day_0 in (EXCEL_DAY_0, EXCEL_DAY_0_OF_1904):
        numbers = [(day - day_0).days for day in days]
        assert [*read(numbers, day_0).values.values()] == days

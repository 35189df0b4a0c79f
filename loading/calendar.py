"""The days: which are working days in England and Wales, and how they are numbered."""

from datetime import date, timedelta

import holidays
import pandas as pd


def calendar_days(first: date, last: date) -> pd.DataFrame:
    """One row per day from `first` to `last`, both included, for table `calendar_day`.

    A working day is Monday to Friday and no England & Wales bank holiday.
    `working_day_number` counts the working days up to and including the day.
    """
    bank_holidays = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(first.year, last.year + 1)
    )
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    frame = pd.DataFrame({"day": days})
    frame["month"] = [day.replace(day=1) for day in days]
    frame["working"] = [day.weekday() < 5 and day not in bank_holidays for day in days]
    frame["working_day_number"] = frame["working"].cumsum()
    frame["day_number"] = range(1, len(days) + 1)
    frame["week_started_on"] = [day - timedelta(day.weekday()) for day in days]
    return frame

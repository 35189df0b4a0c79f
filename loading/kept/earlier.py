"""What the loads before left in the database that a load replaces: reports and figures."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Engine, Select, select

from data_access.database import connect, read
from data_access.load_info import combined_load, loads
from data_access.problems import Problem
from data_access.schema import load_report
from loading.kept.coverage import OfService, as_tallies, figures_of_service
from loading.kept.report import KeptReport, from_json
from loading.standing_database import is_no_file

REPORTS_KEPT = 100


@dataclass(frozen=True)
class Earlier:
    """What stood: the reports of earlier loads, the latest last, and the service's figures.

    Nothing where no database stood, it was of invented data, or it could not be read.
    """

    reports: Sequence[KeptReport] = ()
    figures: OfService = field(default_factory=dict)
    data_to: date | None = None

    @property
    def latest(self) -> KeptReport | None:
        return self.reports[-1] if self.reports else None


def earlier_loads(url: str) -> Earlier:
    """What stands at `url`, for the load that replaces it."""
    if is_no_file(url):
        return Earlier()
    engine = connect(url)
    try:
        return _earlier(engine)
    except Problem:
        return Earlier()
    finally:
        engine.dispose()


def _earlier(engine: Engine) -> Earlier:
    load = combined_load(read(engine, loads()))
    if load.invented:
        return Earlier()
    figures = as_tallies(read(engine, figures_of_service()))
    return Earlier(read_reports(engine)[1 - REPORTS_KEPT :], figures, load.data_to)


def reports() -> Select:
    """The kept reports, the latest last: report_json."""
    return select(load_report.c.report_json).order_by(load_report.c.number)


def read_reports(engine: Engine) -> list[KeptReport]:
    """The kept reports of the database at `engine`, the latest last: a hundred at most."""
    return [from_json(json.loads(row.report_json)) for row in read(engine, reports())]

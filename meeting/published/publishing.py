"""Freezes a month: its figures, the sentences said of them, and every row behind them."""

from collections.abc import Mapping
from math import isclose

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from data_access.derived_with import changes_told
from data_access.meeting_store.publications import (
    Content,
    Publication,
    latest_of,
    write_publication,
)
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.software_version import software_version
from meeting.published.content import content_of
from meeting.published.frozen import as_the_meeting_sees
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import SERVICE, Period, Tally
from metrics.sentence import written_date

AS_GOOD_AS_EQUAL = 1e-6


def publish(
    case_engine: Engine,
    store: Engine,
    settings: Settings,
    month: Period,
    by: str,
    reason: str | None = None,
) -> tuple[Publication, Content]:
    """Publishes `month` as it is known now, all in one transaction; what was written comes back.

    The first time is version 1; after that each time is the next version and needs a reason.
    Refused: a month without data or not over, figures counted before a setting changed, one whose
    rows do not add up to its figures, and a version that would say the same as the one before it.
    """
    figures = read_figures(case_engine, settings)
    _refuse_unless_ready(figures, month)
    content = content_of(case_engine, as_the_meeting_sees(figures, store, month), month)
    _refuse_unless_rows_add_up(content)
    _refuse_if_loaded_since(case_engine, figures)
    try:
        with changing(store, by, "published", month.key) as connection:
            version = _next_version(connection, month, content, reason)
            published = _publication(figures, month, version, by, reason, content)
            write_publication(connection, published, content)
    except Problem as problem:
        if isinstance(problem.__cause__, IntegrityError):
            raise Problem(
                f"Somebody else published {month} at the same moment: look at theirs first."
            ) from problem
        raise
    return published, content


def _publication(
    figures: Figures, month: Period, version: int, by: str, reason: str | None, content: Content
) -> Publication:
    load = figures.load
    return Publication(
        id=new_id(),
        month=month.start,
        version=version,
        published_at=now(),
        published_by=by.strip(),
        as_at=load.as_at,
        load_id=", ".join(load.load_ids),
        source=", ".join(load.sources),
        reason=reason.strip() if reason else None,
        software_version=software_version(),
        digest=content.digest,
    )


def _refuse_unless_ready(figures: Figures, month: Period) -> None:
    """What is frozen rests on the settings that are shown beside it, and on a whole month."""
    if changed := changes_told(figures.changed_settings):
        raise Problem(f"Nothing can be published yet. {changed}")
    _refuse_unless_over(figures, month)


def _refuse_unless_over(figures: Figures, month: Period) -> None:
    if month not in figures.months:
        known = figures.months
        run = f"the data run from {known[0]} to {known[-1]}" if known else "there are no figures"
        raise Problem(f"There are no data for {month}, so it cannot be published: {run}.")
    if figures.is_provisional(month):
        raise Problem(
            f"{month} is not over in the data, which end on {written_date(figures.load.as_at)}:"
            " publish it when they cover its last day."
        )


def _refuse_if_loaded_since(case_engine: Engine, figures: Figures) -> None:
    again = read_figures(case_engine, figures.settings)
    if again != figures:
        raise Problem("Other data were loaded meanwhile: nothing was published, do it again.")


def _refuse_unless_rows_add_up(content: Content) -> None:
    """Whatever went wrong in the case database, a figure is never frozen without its own rows."""
    sums = _sums(content)
    for figure in content.figures:
        key = (figure["metric"], figure["unit_id"])
        if figure["metric"] not in CATALOGUE:
            continue
        tally, rows = Tally(figure["numerator"], figure["denominator"]), sums.get(key, Tally())
        if not (
            _is_same(tally.numerator, rows.numerator)
            and _is_same(tally.denominator, rows.denominator)
        ):
            raise Problem(
                f"The rows behind {CATALOGUE[figure['metric']].name}, {figure['unit_name']}, do not"
                " add up to its figure: run 'python childstat.py derive', then publish."
            )


def _is_same(value: float, other: float) -> bool:
    return isclose(value, other, rel_tol=AS_GOOD_AS_EQUAL, abs_tol=AS_GOOD_AS_EQUAL)


def _sums(content: Content) -> Mapping[tuple[str, str | None], Tally]:
    sums: dict[tuple[str, str | None], Tally] = {}
    for row in content.rows:
        for unit_id in (row["unit_id"], SERVICE):
            key = (row["metric"], unit_id)
            add = Tally(row["numerator"], row["denominator"])
            sums[key] = sums.get(key, Tally()) + add
    return sums


def _next_version(
    connection: Connection, month: Period, content: Content, reason: str | None
) -> int:
    standing = latest_of(connection, month.start)
    has_reason = bool(reason and reason.strip())
    if standing is None:
        if has_reason:
            raise Problem(f"{month} is not published yet: the first version takes no reason.")
        return 1
    if standing.digest == content.digest:
        raise Problem(
            f"Nothing of {month} has changed since version {standing.version} was published."
        )
    if not has_reason:
        raise Problem(
            f"{month} is published already (version {standing.version}): give a reason for a"
            " corrected version with --reason."
        )
    return standing.version + 1

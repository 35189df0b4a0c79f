"""What the extension tables say, as rows of ours: a source of its own beside the SSD.

- A worker is the SSD's professional, or else known by Social Work England number or staff id; the
  load matches numbers across sources.
- `valid_to` is the first day not included. A post without `is_asye` counts as not newly qualified.
- Time that was inferred from visits, or is of more than a week, is no record of it.
- A scale of a second danger statement is a scale of its own, which no figure counts.
- Standards for visits (`cs_visit_policy`) are settings: config.toml has them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.sources.ssd import SSD_EXTENSION
from loading.fitting import FOUND_AT, joined
from loading.sources.extension import declared
from loading.sources.extension.declared import EXTENSION_TABLES, INFERRED, ExtensionTable
from loading.sources.extension.tables import ReadTable, Told, rows_in
from loading.sources.reading import WARNING, Issue, Reading, count
from loading.sources.said_of_load import held_from
from metrics.writing import several

SOURCE = SSD_EXTENSION.key
DAYS_OF_A_WEEK = 7
NO_TABLE_OF = "no row of {} stands in the SSD or in a table beside it: add one"
DANGER = "danger"
_NUMBER = re.compile(r"SW\d+", re.I)


@dataclass
class _Drawn:
    """Our rows while they are drawn from the tables' own."""

    of: dict[str, pd.DataFrame]
    told: Told
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def rows(self, table: ExtensionTable) -> pd.DataFrame | None:
        """A table's own rows; None where it is not there."""
        return self.of.get(table.name)

    def take(self, table: ExtensionTable) -> pd.DataFrame | None:
        """The same for the last time."""
        return self.of.pop(table.name, None)

    def without(
        self, rows: pd.DataFrame, wrong: pd.Series, of: tuple[str, str], reason: str, says: str
    ) -> pd.DataFrame:
        """The rows but those that are `wrong`, of a table and by a rule: told once, with the first.

        They are lost only where the `reason` is the rule itself.
        """
        if not wrong.any():
            return rows
        table, rule = of
        first = rows.loc[wrong, FOUND_AT].iloc[0]
        number = several(int(wrong.sum()), "row is", "rows are")
        message = f"{first}: {says}. So {number} left out."
        self.told.issues.append(Issue(rule, table, None, WARNING, message))
        count(self.told.left_out, table, reason, int(wrong.sum()))
        if wrong.all():
            self.told.lacks[table] = message
        return rows[~wrong].reset_index(drop=True)


def read_extension(
    found: Mapping[str, ReadTable], data_to: date, covers_from: Mapping[str, date] | None = None
) -> Reading | None:
    """What the extension tables in `found` say, by their names; None where none of them is there.

    `data_to` is the last day that they cover: that of the SSD beside them. `covers_from` says since
    when tables of ours are held; of one that is not there it is a Problem.
    """
    told = Told()
    found = {name.lower(): table for name, table in found.items()}
    own = _own_rows(found, told)
    if not own and not told.issues:
        held_from(covers_from or {}, {}, data_to, told.issues, NO_TABLE_OF)
        return None
    drawn = _drawn(own, told)
    team_map = tuple(_team_map(drawn))
    frames = {name: rows for name, rows in drawn.frames.items() if len(rows)}
    held = held_from(covers_from or {}, frames, data_to, told.issues, NO_TABLE_OF)
    return Reading(
        SOURCE,
        data_to,
        frames,
        tuple(told.issues),
        told.read,
        told.left_out,
        told.lacks,
        data_to_from="as the SSD beside the extension tables says",
        team_map=team_map,
        covers_from=held,
    )


def _drawn(own: dict[str, pd.DataFrame], told: Told) -> _Drawn:
    drawn = _Drawn(own, told)
    for draw in (_units, _posts, _absences, _times, _scales, _visits, _intervals):
        draw(drawn)
    return drawn


def _own_rows(found: dict[str, ReadTable], told: Told) -> dict[str, pd.DataFrame]:
    """The rows of each table that is there and can be read, by its name."""
    own = {
        table.name: rows_in(table, found.pop(table.name), told)
        for table in EXTENSION_TABLES
        if table.name in found
    }
    return {name: rows for name, rows in own.items() if rows is not None}


def _units(drawn: _Drawn) -> None:
    """Units; a row that is only the service of others is none, and gives them its name."""
    rows = drawn.rows(declared.UNITS)
    if rows is None:
        return
    teams, posts = drawn.rows(declared.TEAMS), drawn.rows(declared.POSTS)
    worked_in = {
        unit for part in (teams, posts) if part is not None for unit in part["unit_id"].dropna()
    }
    services = rows["unit_id"].isin(set(rows["service_id"].dropna()) - worked_in)
    names = rows.set_index("unit_id")["name"]
    service = rows["service_id"].map(names[~names.index.duplicated()]).fillna(rows["service_id"])
    count(drawn.told.left_out, "unit", "the service of other units", int(services.sum()))
    units = rows.assign(service=service).drop(columns="service_id")
    drawn.frames["unit"] = units[~services].reset_index(drop=True)


def _team_map(drawn: _Drawn) -> list[TeamOfUnit]:
    rows = drawn.rows(declared.TEAMS)
    if rows is None:
        return []
    # Lines of the map are rows of no table.
    drawn.told.read.pop(declared.TEAMS.name)
    known = rows[["team_id", "unit_id", "opened_on", "closed_on"]].astype(object)
    lines = known.where(known.notna(), None).itertuples(index=False)
    return [
        TeamOfUnit(team, unit, started_on=first, ended_on=until)
        for team, unit, first, until in lines
    ]


def _posts(drawn: _Drawn) -> None:
    rows = drawn.rows(declared.POSTS)
    if rows is None:
        return
    worker = rows["worker_id"].where(rows["worker_id"].notna(), rows["registration_no"])
    nobody = worker.isna()
    says = "neither professional_id nor swe_no says whose post it is: fill one"
    of = ("post", "post_of_nobody")
    rows = drawn.without(rows.assign(worker_id=worker), nobody, of, of[1], says)
    silent = rows["newly_qualified"].isna()
    if silent.any():
        number = several(int(silent.sum()), "post")
        message = (
            f"{rows.loc[silent, FOUND_AT].iloc[0]}: is_asye is empty, as it is in {number}: their"
            " workers count as not newly qualified. Fill it."
        )
        drawn.told.issues.append(Issue("asye_unknown", "post", None, WARNING, message))
    newly = rows["newly_qualified"].where(~silent, False)
    drawn.frames["post"] = rows.assign(newly_qualified=newly).drop(columns="registration_no")
    of_workers = rows[["worker_id", "registration_no", FOUND_AT]]
    _add_workers(drawn, of_workers.drop_duplicates("worker_id"))


def _add_workers(drawn: _Drawn, workers: pd.DataFrame) -> None:
    before = drawn.frames.get("worker")
    both = workers if before is None else pd.concat([before, workers], ignore_index=True)
    drawn.frames["worker"] = both.drop_duplicates("worker_id").reset_index(drop=True)


def _absences(drawn: _Drawn) -> None:
    """A number of Social Work England's is put under the worker of a post who has it.

    What is no such number, and no worker of a post, is a staff id: another source knows whose.
    """
    rows = drawn.rows(declared.ABSENCES)
    if rows is None:
        return
    given = rows["worker_id"]
    known = drawn.frames.get("worker", pd.DataFrame(columns=["worker_id", "registration_no"]))
    numbered = known.dropna(subset=["registration_no"]).drop_duplicates("registration_no")
    of_number = numbered.set_index("registration_no")["worker_id"]
    worker = given.map(of_number).where(given.isin(of_number.index), given)
    half = rows["days_lost"].eq(0.5) & rows["last_day"].eq(rows["first_day"])
    drawn.frames["absence"] = rows.assign(worker_id=worker, half_day=half).drop(columns="days_lost")
    new = rows[~worker.isin(known["worker_id"])].assign(worker_id=worker)
    is_number = new["worker_id"].astype(str).str.fullmatch(_NUMBER)
    new = new.assign(
        registration_no=new["worker_id"].where(is_number, None),
        staff_no=new["worker_id"].where(~is_number, None),
    )
    if len(new):
        _add_workers(drawn, new[["worker_id", "registration_no", "staff_no", FOUND_AT]])


def _times(drawn: _Drawn) -> None:
    rows = drawn.take(declared.TIMES)
    if rows is None:
        return
    inferred = rows["method"].eq(INFERRED)
    says = "hours that were inferred from visits are no record of time"
    of = ("time_record", "time_inferred")
    rows = drawn.without(rows, inferred, of, "inferred from visits", says)
    days = (pd.to_datetime(rows["last_day"]) - pd.to_datetime(rows["worked_on"])).dt.days + 1
    says = "it is of more than a week, and time is recorded by the day or the week"
    of = ("time_record", "time_of_months")
    rows = drawn.without(rows, days.gt(DAYS_OF_A_WEEK), of, "of more than a week", says)
    ids = joined(rows[["worked_on", "worker_id", "unit_id", "category", "method"]], "|")
    drawn.frames["time_record"] = rows.assign(time_record_id=ids).drop(columns="last_day")


def _scales(drawn: _Drawn) -> None:
    """Of several danger statements the first has the scale's own name; of danger low is safe."""
    rows = drawn.take(declared.SCALES)
    if rows is None:
        return
    number = rows["statement_id"]
    other = number.notna() & ~number.eq("1")
    named = rows["scale"].astype(str) + " " + number.astype(str)
    scale = rows["scale"].where(~other, named)
    best = rows["scale"].eq(DANGER).map({True: "low", False: "high"})
    drawn.frames["scale_score"] = rows.assign(scale=scale, best=best).drop(columns="statement_id")


def _visits(drawn: _Drawn) -> None:
    """A visit of the SSD is known by its kind and its id there; one only attempted saw nobody."""
    rows = drawn.take(declared.VISITS)
    if rows is None:
        return
    visit_id = rows["kind"] + "-" + rows["visit_id"]
    seen = rows["attempted_only"].map({True: False})
    kept = rows[["worker_id", "recorded_on", FOUND_AT]]
    drawn.frames["visit_detail"] = kept.assign(
        visit_detail_id=visit_id, visit_id=visit_id, seen=seen
    )


def _intervals(drawn: _Drawn) -> None:
    rows = drawn.rows(declared.INTERVALS)
    if rows is not None:
        drawn.frames["visit_interval"] = rows

"""Posts and absences of the extension tables, and the workers whose they are."""

import re

import pandas as pd

from loading.fitting import FOUND_AT
from loading.sources.extension import declared
from loading.sources.extension.drawn import Drawn
from loading.sources.reading import WARNING, Issue
from metrics.writing import several

_NUMBER = re.compile(r"SW\d+", re.I)


def draw_posts(drawn: Drawn) -> None:
    """Posts; one that names nobody is left out, and said."""
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


def _add_workers(drawn: Drawn, workers: pd.DataFrame) -> None:
    before = drawn.frames.get("worker")
    both = workers if before is None else pd.concat([before, workers], ignore_index=True)
    drawn.frames["worker"] = both.drop_duplicates("worker_id").reset_index(drop=True)


def draw_absences(drawn: Drawn) -> None:
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

"""Rows that hang on a row which another source tells: put under that source's id."""

from collections.abc import Mapping

import pandas as pd

from data_access.schema import assessment_factor

# By table whose rows are told once, the column by which others hang on them.
LINKS = {"referral": "referral_id", "enquiry": "enquiry_id"}
# By the id of a row that is left out, that of the row that tells it; None where there is none.
Moved = Mapping[str, Mapping[str, str | None]]


def relinked(frames: dict[str, pd.DataFrame], moved: Moved) -> tuple[dict[str, pd.DataFrame], int]:
    """The frames with such links; factors of an assessment told elsewhere go, and how many did."""
    linked = dict(frames)
    for table, column in LINKS.items():
        ids = moved.get(table, {})
        for name, rows in frames.items() if ids else ():
            if name != table and column in rows:
                values = linked[name][column].map(lambda one, ids=ids: ids.get(one, one))
                linked[name] = linked[name].assign(**{column: values.astype(object)})
    name, gone = assessment_factor.name, moved.get("assessment", {})
    if not gone or name not in linked:
        return linked, 0
    told_elsewhere = linked[name]["assessment_id"].isin([*gone])
    linked[name] = linked[name][~told_elsewhere]
    return linked, int(told_elsewhere.sum())

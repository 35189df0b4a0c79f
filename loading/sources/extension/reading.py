"""What the extension tables say, as rows of ours: a source of its own beside the SSD.

- A worker is the SSD's professional, or else known by Social Work England number or staff id; the
  load matches numbers across sources.
- `valid_to` is the first day not included. A post without `is_asye` counts as not newly qualified.
- Time that was inferred from visits, or is of more than a week, is no record of it.
- A scale of a second danger statement is a scale of its own, which no figure counts.
- Standards for visits (`cs_visit_policy`) are settings: config.toml has them.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from data_access.sources.ssd import SSD_EXTENSION
from loading.sources.extension.children import draw_intervals, draw_scales, draw_visits
from loading.sources.extension.declared import EXTENSION_TABLES
from loading.sources.extension.drawn import Drawn
from loading.sources.extension.staff import draw_absences, draw_posts
from loading.sources.extension.tables import ReadTable, Told, rows_in
from loading.sources.extension.times import draw_times
from loading.sources.extension.units import draw_units, team_map
from loading.sources.reading import Reading
from loading.sources.said_of_load import held_from

SOURCE = SSD_EXTENSION.key
NO_TABLE_OF = "no row of {} stands in the SSD or in a table beside it: add one"
# Workers are told by posts first: absences are put under them.
DRAWS = (
    draw_units,
    draw_posts,
    draw_absences,
    draw_times,
    draw_scales,
    draw_visits,
    draw_intervals,
)


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
    of_units = tuple(team_map(drawn))
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
        team_map=of_units,
        covers_from=held,
    )


def _drawn(own: dict[str, pd.DataFrame], told: Told) -> Drawn:
    drawn = Drawn(own, told)
    for draw in DRAWS:
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

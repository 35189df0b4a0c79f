"""What is behind a figure about people who work, for the room: sums, as rows would name them."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from charts.tables import table
from data_access.viewer import read_sums
from meeting.published.frozen_sums import frozen_by_worker
from meeting.staff_sums import FEWEST_PEOPLE, StaffSum, sums_of
from metrics.model import Metric
from metrics.rows_behind import rows_behind, sums_by_worker
from metrics.sentence import count, headline
from ui.room.entering import Room, nothing
from ui.room.frame import Key, Screen
from ui.room.worth import lines_without_room

NOT_SHOWN = (
    "Rows about people who work are not shown in the room."
    f" Parts of fewer than {FEWEST_PEOPLE} people are added together."
)
TOO_FEW = f"Fewer than {FEWEST_PEOPLE} people stand behind this figure, so no part of it is shown."


def sums_screen(room: Room) -> Screen:
    """The figure's parts, each of six people or more; no key leads further."""
    page = room.page
    metric = page.address.metric
    result = room.figures.compared_result(metric, page.address.view)
    staff_sums = sums_of(_by_worker(room, metric)) if metric.split.by else []
    body = _table(metric, staff_sums) if staff_sums else nothing(TOO_FEW)
    divided = metric.words.counted_out_of
    words = " ".join((NOT_SHOWN, divided, *lines_without_room(room, result)))
    about = Markup('<p class="cs-room-small">{}</p>').format(words)
    back = Key("Escape", "Esc", "back", room.link(screen=room.place.screen))
    return Screen(headline(result), about + body, "sums", keys=(back,))


def _by_worker(room: Room, metric: Metric) -> Sequence[Any]:
    page, store, view = room.page, room.page.published.store, room.page.address.view
    if page.shown and store:
        return frozen_by_worker(
            store, page.engine, page.shown.publication, metric, view, page.viewer
        )
    part = metric.split.by
    assert part
    rows = rows_behind(metric, view, page.basis)
    return read_sums(page.engine, rows, page.viewer, lambda seen: sums_by_worker(seen, part))


def _table(metric: Metric, staff_sums: Sequence[StaffSum]) -> Markup:
    heading = metric.drill_down.get(metric.split.by or "", "").capitalize()
    rows = [
        (
            _called(metric, staff_sum),
            len(staff_sum.workers),
            count(staff_sum.tally.numerator),
            count(staff_sum.tally.denominator),
        )
        for staff_sum in staff_sums
    ]
    return table((heading, "People", "Counted", "Out of"), rows)


def _called(metric: Metric, staff_sum: StaffSum) -> str:
    names = sorted(metric.split.name(part) for part in staff_sum.parts)
    return names[0].capitalize() if len(names) == 1 else f"Together: {', '.join(names)}"

"""What the rows behind a published figure add up to: by part, and by who works on them."""

from collections.abc import Sequence

from sqlalchemy import Engine, Row

from data_access.guard.of_figures import of_figures
from data_access.guard.open_rows import Restricted
from data_access.meeting_store.publications import Publication
from data_access.meeting_store.transactions import read
from data_access.viewer import Viewer, children_for, visible
from meeting.published.frozen import rows_in_view
from metrics.model import Metric, View
from metrics.rows_behind import sums_by_part, sums_by_worker


def frozen_by_worker(
    store: Engine,
    case_engine: Engine,
    publication: Publication,
    metric: Metric,
    view: View,
    viewer: Viewer,
) -> Sequence[Row]:
    """The published figure's rows that `viewer` may see, added up for each part and worker."""
    rows = rows_in_view(publication, metric, view).order_by(None)
    known = children_for(case_engine, viewer)
    return read(store, sums_by_worker(visible(rows, viewer, Restricted.ADDED_UP, known), "part"))


def frozen_parts(
    store: Engine,
    case_engine: Engine,
    publication: Publication,
    metric: Metric,
    view: View,
    viewer: Viewer,
) -> Sequence[Row]:
    """The published figure's parts by the metric's split, as `sums_by_part`; they hold no person.

    Who is restricted is as the case database knows it today.
    """
    rows = rows_in_view(publication, metric, view).order_by(None)
    everybody = of_figures(viewer)
    known = children_for(case_engine, everybody)
    seen = visible(rows, everybody, Restricted.SET_APART, known)
    return read(store, sums_by_part(seen, "part"))

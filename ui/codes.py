"""Codes in addresses: whom one names, as far as the viewer may see; else one sentence."""

from collections.abc import Iterable
from json import dumps
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from access.audit.events import What
from data_access.viewer import ids_of_children, is_open_child
from meeting.address_codes import CHILD, WORKER, Codes, codes_of, worker_label
from meeting.disputing import row_key_of
from metrics.model import Metric
from ui.address import WrongAddress, unit_address_parts
from ui.session import Page

LEADS_NOWHERE = (
    "This link leads nowhere now: what it was made for is not in the data any more, or is not open"
    " to you."
)
WITHOUT_STORE = (
    "The meeting store, which has the key to links like this one, can’t be read now: open the list"
    " again, or wait until it can."
)
NO_WORKER = ""


def children(page: Page, meeting_id: str | None = None) -> Codes:
    """The codes of all children: their own in each meeting, so that nobody can join the two."""
    kind = CHILD if meeting_id is None else f"{CHILD} of meeting {meeting_id}"
    if kind not in page.codes:
        key = page.published.key
        # Made once for each load: a council of a thousand teams has hundreds of thousands.
        page.codes[kind] = _codes(page.engine, key, kind, f"{page.loaded} {hash(key)} {kind}")
    return page.codes[kind]


@st.cache_resource(max_entries=3, show_spinner=False)
def _codes(
    _engine: Engine,
    _key: bytes,
    _kind: str,
    version: str,  # noqa: ARG001  part of the cache's key
) -> Codes:
    return codes_of(_key, _kind, ids_of_children(_engine))


def child_named(page: Page, code: str, meeting_id: str | None = None) -> str:
    """The id of the child that the code names; it never leaves the server.

    A child whose record is restricted is found, so that its page can say so, and no other is who
    is not open to the viewer.
    """
    child_id = children(page, meeting_id).whose(code)
    if child_id is None or not is_open_child(page.engine, child_id, page.viewer):
        if child_id is not None:
            page.note(What.REFUSED, reason="the link was to a child who is not open to them")
        raise nowhere(page)
    return child_id


def workers_of(page: Page, worker_ids: Iterable[str | None]) -> Codes:
    """The codes of some workers; nobody has one too."""
    return codes_of(page.published.key, WORKER, {id or NO_WORKER for id in worker_ids})


def worker_words(page: Page, row: Any) -> str:
    """A worker's name; for one who may see no names a code, as an id may tell as much."""
    return worker_called(page, row.worker_id, row.worker_name)


def worker_called(page: Page, worker_id: str | None, name: str | None) -> str:
    """The same of a worker by id; `name` is None for one who may see no names."""
    if worker_id is None:
        return "no worker"
    if name or page.viewer.may_see_names:
        return name or worker_id
    return worker_label(page.published.key, worker_id)


def rows_of(page: Page, metric: Metric, rows: Iterable[Any]) -> Codes:
    """The codes of rows of a metric, by what tells one from others in any load."""
    ids = [row_id(metric, row) for row in rows]
    return codes_of(page.published.key, f"row of {metric.key}", ids)


def row_id(metric: Metric, row: Any) -> str:
    """What a row's code is made of."""
    return dumps(row_key_of(metric, row))


def nowhere(page: Page, sentence: str = LEADS_NOWHERE) -> WrongAddress:
    """To be raised: why there is nothing to show, and the way to the unit, or to the list."""
    return WrongAddress(WITHOUT_STORE if page.published.trouble else sentence, way_back(page))


def way_back(page: Page) -> dict[str, str]:
    """To the list that the address names, and to the unit."""
    address, unit_id = page.address, page.address.view.scope.unit_id
    figure = {"metric": address.metric.key, **address.unit}
    lists = {"The list": address.link("metric", **figure) + "#rows"}
    if not address.unit:
        return lists
    unit = {page.figures.units[unit_id]: address.link("unit", **unit_address_parts(unit_id))}
    return unit if address.worklist else unit | lists

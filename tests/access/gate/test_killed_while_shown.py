"""The dashboard killed at any moment while children are opened: whom it showed is written down."""

import os
import random
import signal
from contextlib import suppress
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest
from sqlalchemy import func, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from access.audit.checking import verify
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event_child
from data_access.access_settings import AccessStore
from tests import servers
from tests.access.gate.streaming import listening
from tests.access.gate.test_served import Signing, signing
from tests.ui.small_council import NAMES, UNITS

# By name whom a page shows: two children of the small council have a name of another kind.
CHILDREN = {
    f"{name} {unit}": f"KID-{unit}-{number}"
    for unit in UNITS
    for number, name in enumerate(NAMES)
    if not (unit == "U2" and number < 2)
}
LONGEST = 1.2
SECONDS_OF_SILENCE = 30


def shown_until_killed(council: Signing, chance: random.Random) -> set[str]:
    """Opens one unit after another; the children of whom anything arrived before the end.

    The first is opened whole: it says how long one takes on this machine.
    """
    began = monotonic()
    with listening(council.port, council.cookie_of("ann"), council.origin) as socket:
        seen = _opened(socket, chance)
        longest = max(LONGEST, monotonic() - began)
        killer = Timer(chance.uniform(0, longest), os.kill, (council.process, signal.SIGKILL))
        killer.start()
        with suppress(ConnectionClosed, OSError):
            while True:
                seen |= _opened(socket, chance)
        killer.join()
    return seen


def _opened(socket, chance: random.Random) -> set[str]:
    """Whom the page of one unit shows."""
    message = BackMsg()
    message.rerun_script.page_name = "unit"
    message.rerun_script.query_string = f"unit={chance.choice([*UNITS])}"
    socket.send(message.SerializeToString())
    return _heard(socket)


def _heard(socket) -> set[str]:
    """Whom one page shows; what came before the server ended counts."""
    seen: set[str] = set()
    with suppress(ConnectionClosed, OSError):
        while True:
            said = ForwardMsg.FromString(bytes(socket.recv(SECONDS_OF_SILENCE)))
            html = said.delta.new_element.html.body if said.HasField("delta") else ""
            seen |= {id for name, id in CHILDREN.items() if name in html}
            if said.WhichOneof("type") == "script_finished":
                break
    return seen


def all_written_down(folder: Path, kills: int, seed: int = 20161003) -> None:
    chance, shown = random.Random(seed), 0
    for _ in range(kills):
        last = _events(folder)
        with signing(folder, servers.free_port()) as council:
            seen = shown_until_killed(council, chance)
        store = open_access_store(AccessStore(council.store_url))
        since = select(event_child.c.child_id).where(event_child.c.number > last)
        assert seen <= {row.child_id for row in read(store, since)}
        assert verify(store).broken is None
        store.dispose()
        shown += len(seen)
    assert shown, "nothing was shown, so nothing was tried"


def _events(folder: Path) -> int:
    store = open_access_store(AccessStore(f"sqlite:///{folder / 'access.sqlite'}"))
    ((number,),) = read(store, select(func.coalesce(func.max(event_child.c.number), 0)))
    store.dispose()
    return number


def test_killed_while_children_are_opened_it_has_shown_none_without_an_event(tmp_path):
    all_written_down(tmp_path, kills=2)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(10))
def test_killed_at_two_hundred_moments_it_has_shown_none_without_an_event(tmp_path, seed):
    all_written_down(tmp_path, 20, seed)

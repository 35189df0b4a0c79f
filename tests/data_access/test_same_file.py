"""A store whose file is removed or replaced while it is open: it is refused, not written on."""

import shutil
from pathlib import Path

import pytest

from access.audit.events import note
from access.sessions import find
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore
from data_access.meeting_store.copies import backup, restore
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.tables import event
from data_access.meeting_store.transactions import changing, read
from data_access.problems import Problem
from tests.access.audit.test_events import listed
from tests.access.people import LIMITS, NOON

STORES = {
    "meeting store": open_store,
    "access store": lambda url: open_access_store(AccessStore(url)),
}
GONE = "was removed or replaced while ChildStat had it open"


@pytest.fixture(params=STORES)
def opened(request, tmp_path):
    file = tmp_path / "store.sqlite"
    engine = STORES[request.param](f"sqlite:///{file}")
    yield request.param, engine, file
    engine.dispose()


def remove(file: Path) -> None:
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink()


def replace(file: Path) -> None:
    copy = file.with_name("copy")
    shutil.copy2(file, copy)
    remove(file)
    copy.rename(file)


def write(store) -> None:
    with changing(store, "Ann", "wrote", "it"):
        pass


def uses_of(name: str) -> list:
    if name == "meeting store":
        return [write, lambda store: read(store, event.select())]
    return [
        lambda store: note(store, listed("K1")),
        lambda store: find(store, "token", LIMITS, NOON, is_activity=False),
    ]


@pytest.mark.parametrize("happens", [remove, replace])
def test_a_store_whose_file_went_is_neither_read_nor_written(opened, happens):
    name, store, file = opened
    for use in uses_of(name):
        use(store)
    happens(file)
    for use in uses_of(name) * 2:
        with pytest.raises(Problem, match=f"The {name} .*{GONE}"):
            use(store)


def test_no_new_store_is_made_where_one_was_removed_while_it_was_open(opened):
    name, store, file = opened
    remove(file)
    for _ in range(2):
        with pytest.raises(Problem, match=GONE):
            STORES[name](f"sqlite:///{file}")
        store.dispose()
        with pytest.raises(Problem, match=GONE):
            uses_of(name)[0](store)
    assert not list(file.parent.iterdir())


def test_a_file_that_is_written_over_in_its_place_is_gone_on_with(opened):
    name, store, file = opened
    file.touch()
    for use in uses_of(name):
        use(store)


def test_a_meeting_store_is_put_back_where_one_was_removed_and_what_was_open_stays_shut(tmp_path):
    file, copy = tmp_path / "store.sqlite", tmp_path / "copy.sqlite"
    url = f"sqlite:///{file}"
    before = open_store(url)
    write(before)
    backup(url, copy)
    remove(file)
    restore(url, copy)
    again = open_store(url)
    write(again)
    assert len(read(again, event.select())) == 2
    with pytest.raises(Problem, match=GONE):
        write(before)
    before.dispose()
    again.dispose()

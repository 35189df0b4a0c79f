"""An access store that was just made, on each engine; and one beside two linked families."""

import pytest

from access.store.opening import open_access_store
from data_access.access_settings import AccessStore
from data_access.schema import allocation, child
from tests.access.families import Place, two_families
from tests.worlds import loaded


@pytest.fixture
def store(store_url):
    engine = open_access_store(AccessStore(store_url))
    yield engine
    engine.dispose()


@pytest.fixture
def place(store, shared_engine):
    with loaded(shared_engine, two_families(), only_for=(child, allocation)) as engine:
        yield Place(store, engine)

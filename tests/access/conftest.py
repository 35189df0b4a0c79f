"""An access store that was just made, on each engine."""

import pytest

from access.store.opening import open_access_store
from data_access.access_settings import AccessStore


@pytest.fixture
def store(store_url):
    engine = open_access_store(AccessStore(store_url))
    yield engine
    engine.dispose()

"""The council with linked adults, built once: no page writes to it."""

import pytest

from tests.ui.network.families import build_linked


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_linked(tmp_path_factory.mktemp("linked"))

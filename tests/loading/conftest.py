"""What tests of loads may ask for."""

import pytest

from loading import loads


@pytest.fixture
def nothing_is_counted(monkeypatch) -> None:
    """For what a load's rows and words say: to count figures of them takes most of the time."""
    monkeypatch.setattr(loads, "derive", lambda connection, settings: None)

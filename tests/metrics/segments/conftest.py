"""The rules as they are shipped."""

from pathlib import Path

import pytest

from data_access.settings_file.segments import read_segments
from data_access.unit_settings.segment_settings import Segments


@pytest.fixture
def shipped() -> Segments:
    return read_segments(Path(__file__).parents[3] / "config.toml")

"""The rules as they are shipped."""

from pathlib import Path

import pytest

from data_access.segment_settings import Segments
from data_access.settings_file.segments import read_segments


@pytest.fixture
def shipped() -> Segments:
    return read_segments(Path(__file__).parents[3] / "config.toml")

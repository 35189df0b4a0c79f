"""A Standard Safeguarding Dataset of few rows, read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from loading.sources.reading import Reading
from loading.sources.ssd.reader import read_ssd
from tests.loading.ssd.small import SMALL, Rows, deployed


@pytest.fixture
def reads(tmp_path: Path) -> Callable[..., Reading]:
    """Reads an SSD of these rows from a file; `lacks` are columns that are not deployed."""

    def reading(rows: Rows = SMALL, lacks: dict | None = None, **options: Any) -> Reading:
        url = deployed(f"sqlite:///{tmp_path / f'{uuid4().hex}.sqlite'}", rows, lacks=lacks)
        return read_ssd(make_url(url), **options)

    return reading

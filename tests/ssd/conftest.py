"""A hundred children of the demonstration council, and the three systems to deploy them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine

from tests.databases import postgresql_database
from tests.ssd.deploying import deploy, extend, with_ids_of
from tests.ssd.reversing import Frames
from tests.ssd.shapes import Shape
from tests.ssd.sliced import sliced_council


@pytest.fixture(scope="session")
def hundred() -> Frames:
    with pytest.MonkeyPatch.context() as patched:
        return sliced_council(patched.setattr)


@pytest.fixture(scope="session")
def deployed_at(postgresql_url: str) -> Callable:
    """A council's dataset in a database of its own, as a shape has it: yields its address.

    With the extension tables beside it if `extended`.
    """

    @contextmanager
    def deployed(council: Frames, shape: Shape, *, extended: bool = False) -> Iterator[str]:
        with postgresql_database(postgresql_url) as url:
            engine = create_engine(url)
            under_its_ids = with_ids_of(council, shape)
            deploy(engine, under_its_ids, shape)
            if extended:
                extend(engine, under_its_ids, shape)
            engine.dispose()
            yield url

    return deployed

"""The one way out of the access store."""

from collections.abc import Sequence

from sqlalchemy import Engine, Row, Select

from data_access.stores.driver_faults import faults_as_problems


def read(store: Engine, query: Select) -> Sequence[Row]:
    """The rows of one query, or one sentence that says why there are none."""
    with faults_as_problems(store), store.connect() as connection:
        return connection.execute(query).all()

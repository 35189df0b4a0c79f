"""Whether a case database stands where the settings say. Exit status 1: there is none yet.

Only a DuckDB file that is not there counts as none. A file that can't be read, or a server that
doesn't answer, may hold somebody's data: the dashboard says so, and nothing is built over it.
"""

import sys
from pathlib import Path

from data_access.connection.addresses import address_of
from data_access.problems import Problem
from data_access.settings_file.reading import read_settings


def has_database(url: str) -> bool:
    try:
        address = address_of(url)
    except Problem:
        return True
    if address.get_backend_name() != "duckdb":
        return True
    return Path(address.database or "").exists()


if __name__ == "__main__":
    sys.exit(not has_database(read_settings().database_url))

"""Of dear tests that are many of a kind, which every run takes and which `make thorough` alone."""

from zlib import crc32

import pytest

ON_POSTGRESQL = 4
# What begins so: every run takes one in so many of them, always the same.
ONE_IN = {
    "tests/browser/test_segments.py::test_a_part": 4,
    "tests/browser/access/test_signing_in.py::test_whoever_sits": 2,
    "tests/browser/test_small_screens.py": 4,
    "tests/commands/test_door.py": 2,
    "tests/loading/checks/": 2,
    "tests/loading/kept/": 2,
    "tests/loading/mutated/": 2,
    "tests/loading/nightly/": 2,
    "tests/loading/precedence/": 3,
    "tests/loading/ssd/": 2,
    "tests/loading/test_absent_columns.py": 2,
    "tests/loading/test_checks.py": 3,
    "tests/loading/test_loads.py": 2,
    "tests/loading/test_loss.py": 2,
    "tests/loading/test_names_in_sources.py": 2,
    "tests/loading/test_still_restricted.py": 3,
    "tests/loading/test_survey_loads.py": 2,
    "tests/meeting/published/": 3,
    "tests/metrics/explore/": 2,
    "tests/metrics/late_entry/": 2,
    "tests/metrics/lists/": 2,
    "tests/metrics/staying/": 2,
    "tests/metrics/survival/": 2,
    "tests/metrics/test_outcome_vectors.py": 3,
    "tests/metrics/test_visits_out_of_timescale.py": 2,
    "tests/ssd/test_dirty_rows.py": 3,
    "tests/ssd/test_same_figures.py": 3,
    "tests/test_adding_a_metric.py::test_it_is_on_every_page": 2,
    "tests/test_every_metric.py": 2,
    "tests/ui/explore/": 2,
    "tests/ui/room/": 2,
    "tests/ui/test_outlived_months.py": 2,
    "tests/ui/test_whose_files.py": 2,
    "tests/ui/unit/": 2,
}


def is_left_to_thorough(item: pytest.Item) -> bool:
    """Whether an ordinary run can do without it, as it takes others of its kind.

    Of those that run on each engine it takes all on DuckDB, and on PostgreSQL one in
    `ON_POSTGRESQL`; tests/engines is always whole.
    """
    one_in = next((n for begins, n in ONE_IN.items() if item.nodeid.startswith(begins)), 1)
    if _is_again_on_postgresql(item):
        one_in *= ON_POSTGRESQL
    return crc32(item.nodeid.encode()) % one_in != 0


def _is_again_on_postgresql(item: pytest.Item) -> bool:
    """Whether the same test is there on DuckDB."""
    said = getattr(getattr(item, "callspec", None), "id", "").split("-")
    return "postgresql" in said and not item.nodeid.startswith("tests/engines/")

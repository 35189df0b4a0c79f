"""Whatever file a user gives, it is read, or refused in one sentence that names it.

Each file is a real one with a change that its number draws, so a failure is made again by its
kind and number: `outcome(annex_a, 17, folder)`.
"""

import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from data_access.database import connect, read
from data_access.problems import Problem
from data_access.schema import CANONICAL, figure, source_load
from data_access.settings_file.reading import read_settings
from loading.combining import combine
from loading.loads import load
from loading.sources.csv_folder import read_csv_folder
from loading.sources.reading import Reading
from tests.loading import dirty
from tests.loading.mutated.files import KINDS, annex_a, csv_folder, workforce_census

NAMES = ("annex_a", ".csv", "tables", "census.xml", "config.toml", "There is no")
A_RUN = 21
A_THOROUGH_RUN, THOROUGH_RUNS = 120, 4
SETTINGS = read_settings()

of_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
of_loads = pytest.mark.parametrize(
    "kind", [annex_a, csv_folder, workforce_census], ids=lambda kind: kind.__name__
)


def outcome(kind: Callable, number: int, folder: Path) -> str:
    """What came of one file: nothing to blame, or what is wrong with how it was met."""
    place = folder / f"{kind.__name__}-{number}"
    place.mkdir()
    try:
        readings = kind(place, Random(f"{kind.__name__} {number}"))()
        if readings:
            combine(readings)
    except Problem as problem:
        return fault_of(str(problem))
    except Exception:  # noqa: BLE001  whatever it is, a user would see it
        return traceback.format_exc(limit=-4)
    finally:
        shutil.rmtree(place)
    return ""


def fault_of(sentence: str, names: tuple[str, ...] = NAMES) -> str:
    """What a sentence lacks that somebody is to understand."""
    if len(sentence.splitlines()) != 1 or not sentence.strip():
        return f"not one line: {sentence!r}"
    if not any(name in sentence for name in names):
        return f"names no file: {sentence!r}"
    if sentence[-1] not in ".?":
        return f"no sentence: {sentence!r}"
    return ""


def blamed(kind: Callable, numbers: range, folder: Path) -> Iterator[str]:
    for number in numbers:
        said = outcome(kind, number, folder)
        if said:
            yield f"{kind.__name__} {number}: {said}"


@of_every_kind
def test_a_spoilt_file_is_read_or_refused_in_one_sentence(kind, tmp_path):
    assert not "\n".join(blamed(kind, range(A_RUN), tmp_path))


@pytest.mark.thorough
@pytest.mark.parametrize("run", range(THOROUGH_RUNS))
@of_every_kind
def test_thousands_of_spoilt_files_are_read_or_refused_in_one_sentence(kind, run, tmp_path):
    first = 1_000 + run * A_THOROUGH_RUN
    assert not "\n".join(blamed(kind, range(first, first + A_THOROUGH_RUN), tmp_path))


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    """A case database that every load here would replace."""
    folder = tmp_path_factory.mktemp("good")
    load(f"duckdb:///{folder / 'case.duckdb'}", _good_readings(folder), SETTINGS)
    return folder / "case.duckdb"


def _good_readings(folder: Path) -> list[Reading]:
    return read_csv_folder(dirty.csv_folder(folder / "tables", dirty.tables()))


@of_loads
def test_a_load_of_a_spoilt_file_leaves_a_whole_database(kind, good, tmp_path):
    assert not "\n".join(_badly_loaded(kind, range(500, 502), good, tmp_path))


@pytest.mark.thorough
@of_loads
def test_many_loads_of_spoilt_files_leave_a_whole_database(kind, good, tmp_path):
    assert not "\n".join(_badly_loaded(kind, range(600, 640), good, tmp_path))


def _badly_loaded(kind: Callable, numbers: range, good: Path, folder: Path) -> Iterator[str]:
    for number in numbers:
        place = folder / f"{kind.__name__}-{number}"
        place.mkdir()
        if said := _loaded(kind, number, Path(shutil.copy(good, place)), place):
            yield f"{kind.__name__} {number}: {said}"


def _loaded(kind: Callable, number: int, database: Path, folder: Path) -> str:
    """What came of one load: after a refusal the old database serves, byte for byte."""
    before = database.read_bytes()
    url = f"duckdb:///{database}"
    try:
        readings = kind(folder, Random(f"{kind.__name__} {number}"))()
        load(url, readings, SETTINGS, accept_loss=[table.name for table in CANONICAL])
    except Problem as problem:
        same = database.read_bytes() == before
        return fault_of(str(problem), names=("",)) if same else "the old database was changed"
    except Exception:  # noqa: BLE001  whatever it is, a user would see it
        return traceback.format_exc(limit=-4)
    beside = {one.name for one in folder.glob("case.duckdb*")} - {"case.duckdb"}
    return f"left behind: {beside}" if beside else _half_written(url)


def _half_written(url: str) -> str:
    engine = connect(url)
    try:
        loads = read(engine, select(source_load.c.load_id))
        figures = read(engine, select(func.count()).select_from(figure))
        return "" if loads and figures else "the new database has no load, or no figure"
    finally:
        engine.dispose()

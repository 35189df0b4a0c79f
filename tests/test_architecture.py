"""The house's rules that a program can check; docs/architecture.md tells them with the rest."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

PROJECT = Path(__file__).parent.parent

# Which of our packages each may import. An arrow that is not here is an error.
ARROWS = {
    "app": {"access.gate", "ui", "pages", "data_access.problems"},
    "childstat": {"commands", "data_access"},
    "commands": {"access", "data_access", "loading", "metrics", "exports", "meeting"},
    "pages": {"ui", "charts", "exports", "metrics", "meeting"},
    "ui": {
        "access",
        "charts",
        "exports",
        "metrics",
        "data_access",
        "meeting",
        "loading.checks",
        "loading.kept",
    },
    "charts": {"metrics", "data_access.settings"},
    "exports": {
        "metrics",
        "charts.words",
        "charts.palette",
        "data_access.problems",
        "data_access.load_info",
        "data_access.connection.private_files",
        "meeting",
    },
    # Who may look, and who has looked: between the settings and whoever shows something.
    "access": {"data_access"},
    # What is published of a month, and what has become of it since: between metrics and the store.
    "meeting": {"metrics", "data_access"},
    # From a source to a case database whose figures are counted: by the metrics' own queries.
    "loading": {"metrics", "data_access"},
    "metrics": {"data_access"},
    "data_access": set(),
    "tools": {"data_access"},
}

# What only these may import: everything else asks them.
ONLY_IN = {
    "streamlit": {"app", "pages", "ui", "access.gate.messages"},
    "starlette": {"access.gate", "access.sign_in"},
    "joserfc": {"access.sign_in"},
    "plotly": {"charts"},
    "openpyxl": {"exports", "loading.sources"},
    "xlsxwriter": {"exports"},
    "pptx": {"exports"},
    "fpdf": {"exports.pdf.document"},
    "duckdb": {"data_access.database", "data_access.connection.engines"},
    "pandas": {"data_access", "loading"},
    "sqlalchemy": {
        "access",
        "data_access",
        "loading",
        "metrics",
        "meeting",
        "ui",
        "commands",
        "tools",
    },
    "alembic": {"data_access.meeting_store", "data_access.stores", "access.store"},
    "pydantic": {"data_access.settings_file"},
    "pydantic_core": {"data_access.settings_file"},
    "annotated_types": {"data_access.settings_file"},
    "scipy": {"metrics.spc.proportions"},
    # Tests hold intervals to it; imported by a page it costs two seconds.
    "statsmodels": set(),
    "click": {"childstat", "commands"},
    # The vocabulary's one door is metrics.model.
    "metrics.measures": {"metrics.model", "metrics.declaration"},
    "metrics.period": {"metrics.model", "metrics.declaration"},
    "metrics.declaration": {"metrics.model"},
    "data_access.connection.engines": {"data_access.database"},
    "data_access.database": {
        "data_access",
        "access",
        "loading",
        "commands",
        "ui",
        # `read_figures`: four short reads of stored figures, which hold no person.
        "metrics.figures",
    },
}

FILES_OF_A_FOLDER = 16
LINES_OF_A_FILE = 250
LINES_OF_A_PAGE = 60
LINES_OF_A_FUNCTION = 25
# A query stands one clause a line, so few statements may take more lines and still read at once.
LINES_OF_A_QUERY = 40
STATEMENTS_OF_A_QUERY = 5
LINES_OF_THE_MEDIAN_FUNCTION = 8
LONG_FILES = {
    "data_access/schema.py": "one table after another, read as a list",
}
LONG_FUNCTIONS: dict[str, str] = {}

SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|COPY|WITH)\s", re.S)
WAITS = {"sleep", "wait_for_timeout"}
# Without a zone they give the server's day, which is not always London's.
CLOCKS_OF_THE_SERVER = {"today": 0, "now": 0, "utcnow": 0, "fromtimestamp": 1}


def _files(*folders: str) -> list[Path]:
    found = [PROJECT / f"{folder}.py" for folder in folders]
    for folder in folders:
        found += sorted((PROJECT / folder).rglob("*.py"))
    return [file for file in found if file.exists()]


PRODUCT = _files(*ARROWS)
TESTS = _files("tests")


def _written(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


def _module(file: Path) -> str:
    return _written(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, and every name as if it were one: "a.b" and "a.b.c"."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_written(file)} imports relatively: say the whole name"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_in(module: str, packages: set[str]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in packages)


def _functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring: words are not what makes it long."""
    length = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


def _limit(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
    statements -= ast.get_docstring(function) is not None
    return LINES_OF_A_QUERY if statements <= STATEMENTS_OF_A_QUERY else LINES_OF_A_FUNCTION


def _long_functions(file: Path) -> set[str]:
    return {f"{_module(file)}.{one.name}" for one in _functions(file) if _lines(one) > _limit(one)}


by_file = pytest.mark.parametrize("file", PRODUCT, ids=_written)


@by_file
def test_imports_follow_the_arrows(file):
    own = _module(file).split(".")[0]
    ours = set(ARROWS) | {"tests", "bench"}
    strangers = {
        name
        for name in _imports(file)
        if name.split(".")[0] in ours - {own}
        and not _is_in(name, ARROWS[own])
        # "from a import b" names "a" too; it counts when "a.b" is allowed.
        and not any(one.startswith(f"{name}.") for one in ARROWS[own])
    }
    assert not strangers, f"{own} may import {ARROWS[own] or 'nothing of ours'}"


def test_no_module_needs_itself():
    """A circle of imports: none of its modules can be read, or changed, without the others."""
    modules = {_module(file): file for file in PRODUCT}
    needs = {name: {*_imports(file)} & modules.keys() - {name} for name, file in modules.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(" needs ".join(reversed(circle.args[1])))


def test_no_folder_is_a_bag():
    """What a newcomer can't take in at a look gets rooms; pages are a list, a file for each."""
    in_rooms = [file for file in PRODUCT if file.parent != PROJECT / "pages"]
    files = Counter(file.parent for file in in_rooms if file.name != "__init__.py")
    assert max(files.values()) <= FILES_OF_A_FOLDER, files.most_common(3)


@by_file
def test_a_library_is_used_only_where_it_belongs(file):
    outside = {
        name
        for name in _imports(file)
        for library, places in ONLY_IN.items()
        if _is_in(name, {library}) and not _is_in(_module(file), places)
    }
    assert not outside


@by_file
def test_nothing_private_is_taken_from_another_module(file):
    taken = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_") and alias.name != "__version__"
    }
    assert not {name for name in taken if name.split(".")[0] in ARROWS}


@by_file
def test_sql_is_never_put_together_as_text(file):
    if _module(file) in ("data_access.database", "data_access.connection.bulk"):
        # INSERT and COPY of whole frames, of names that come from the schema.
        return
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            assert not SQL.match(str(node.values[0].value)), f"line {node.lineno}"
    assert "sqlalchemy.text" not in _imports(file)


@by_file
def test_the_day_is_london_s_and_not_the_server_s(file):
    asked = [
        node.lineno
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") in ("date", "datetime")
        and len(node.args) + len(node.keywords) <= CLOCKS_OF_THE_SERVER.get(node.func.attr, -1)
    ]
    assert not asked, "ask data_access.london"


@by_file
def test_a_file_is_short_enough_to_hold_in_mind(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    limit = LINES_OF_A_PAGE if _written(file).startswith("pages/") else LINES_OF_A_FILE
    assert lines <= limit or _written(file) in LONG_FILES


@by_file
def test_a_function_is_short_enough_to_read_at_once(file):
    assert not _long_functions(file) - set(LONG_FUNCTIONS)


def test_the_median_function_is_about_seven_lines():
    assert median(_lines(one) for file in PRODUCT for one in _functions(file)) <= (
        LINES_OF_THE_MEDIAN_FUNCTION
    )


def test_an_exception_that_is_no_longer_needed_is_struck_off():
    for name in LONG_FILES:
        assert len((PROJECT / name).read_text().splitlines()) > LINES_OF_A_FILE, name
    assert set(LONG_FUNCTIONS) <= {name for file in PRODUCT for name in _long_functions(file)}


@by_file
def test_a_module_says_what_it_answers(file):
    is_empty = not _tree(file).body
    assert is_empty or ast.get_docstring(_tree(file)), "a first line that says what this is for"


@pytest.mark.parametrize("file", _files("metrics", "loading", "data_access"), ids=_written)
def test_what_is_counted_and_read_is_explained(file):
    silent = [
        node.name
        for node in _tree(file).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, "say what comes back: grain, unit, edge cases, source"


@pytest.mark.parametrize("file", TESTS, ids=_written)
def test_tests_never_wait_for_the_clock(file):
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Call)
    }
    assert not called & WAITS, "wait for what is to happen instead"


def test_every_metric_has_its_own_test():
    metrics = {file.stem for file in _files("metrics/definitions")} - {"__init__"}
    assert metrics <= {file.stem.removeprefix("test_") for file in _files("tests/metrics")}


def test_the_pins_are_whole():
    for name in ("requirements.txt", "requirements-dev.txt", "bench/beside/requirements.txt"):
        lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
        asked = [line for line in lines if line and not line.startswith(("#", "-r "))]
        assert asked
        assert all(re.match(r"[\w.\[\]-]+==[\w.]+( |;|$)", line) for line in asked)


def test_no_page_has_the_name_of_a_package():
    """A page that runs by itself has its folder first on the path, and would be taken for it."""
    assert not {file.stem for file in _files("pages")} & {one for one in ARROWS if one != "app"}

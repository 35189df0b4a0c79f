"""What the documents say of the product is so."""

import re
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest
from streamlit.config import get_config_options

from access.store.tables import metadata as access_tables
from childstat import main
from data_access.meeting_store import meeting_tables
from data_access.meeting_store.learning import remarks
from data_access.schema import CANONICAL
from data_access.schema import metadata as case_tables
from data_access.settings_file.allowed import allowed, fields_of, is_list
from data_access.settings_file.sections import SettingsFile
from data_access.settings_file.segment_sections import SegmentsFile
from data_access.software_version import software_version
from metrics.catalogue import CATALOGUE
from tests.test_architecture import ARROWS, PRODUCT
from ui.pages import PAGES

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
GLOSSARY = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
SETTINGS = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
DEPLOYING = (PROJECT / "docs" / "deploying.md").read_text(encoding="utf-8")
PRIVACY = (PROJECT / "docs" / "privacy.md").read_text(encoding="utf-8")
LOADING = (PROJECT / "docs" / "loading.md").read_text(encoding="utf-8")

DOCUMENTS = sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/*.md"))
by_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
SOURCES = [
    file
    for folder in (*ARROWS, "bench", "tests")
    for kind in ("py", "css", "js", "toml")
    for file in sorted((PROJECT / folder).rglob(f"*.{kind}"))
]
# What a document adds to a copy, step by step; the test that follows it says so.
EXAMPLES = {
    "loading/sources/visit_log.py",
    "tests/loading/test_visit_log.py",
    "metrics/definitions/complaints_upheld.py",
    "tests/metrics/test_complaints_upheld.py",
}
# A path from the project's folder: "docs/loading.md", "metrics/definitions/", "app.py".
PATH = re.compile(r"`(?!\d)((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:py|md|toml|txt|css|js))`")
OURS = re.compile(rf"`((?!\w+\.py`)(?:{'|'.join(set(ARROWS) - {'app', 'pages'})})(?:\.\w+)+)`")


# Each file of tables has those that are told of before it, whichever of them is read first.
MEETING_TABLES = remarks.metadata
assert meeting_tables.action.metadata is MEETING_TABLES


@pytest.mark.parametrize(
    ("heading", "tables"),
    [
        ("The case database", case_tables),
        ("The meeting store", MEETING_TABLES),
        ("The access store", access_tables),
    ],
)
def test_privacy_tells_of_every_table_that_there_is_and_of_no_other(heading, tables):
    told = PRIVACY.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert len(set(named)) == len(named)
    assert set(named) == set(tables.tables)


@pytest.mark.parametrize("table", CANONICAL, ids=lambda table: table.name)
def test_loading_names_every_table_with_its_columns_and_which_are_needed(table):
    (line,) = [line for line in LOADING.splitlines() if line.startswith(f"| `{table.name}.csv` |")]
    named = line.split("|")[3].strip().split(", ")
    assert named == [f"**{c.name}**" if not c.nullable else c.name for c in table.columns]


def test_the_glossary_is_one_alphabet_and_says_each_word_once():
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("| ")][1:]
    words = [row.split("|")[1].strip().casefold() for row in rows]
    assert words == sorted(set(words))


def test_the_changelog_begins_with_this_version_and_its_date():
    sections = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    dated = [re.fullmatch(r"(\d+\.\d+\.\d+), (\d{1,2} \w+ \d{4})", one) for one in sections]
    assert all(dated), "a section is a version and its date: ## 1.2.3, 4 May 2027"
    versions = [one[1] for one in dated if one]
    days = [datetime.strptime(one[2], "%d %B %Y") for one in dated if one]
    assert versions[0] == software_version()
    assert len(set(versions)) == len(versions)
    assert days == sorted(days, reverse=True)


def test_the_version_is_said_in_one_place():
    """Beside the changelog, which names every version there was."""
    version = re.compile(rf"(?<![\d.]){re.escape(software_version())}(?![\d.])")
    code = [*PRODUCT, *PROJECT.glob("*.toml"), PROJECT / "README.md", *PROJECT.glob("docs/*.md")]
    said = [file for file in code if version.search(file.read_text(encoding="utf-8"))]
    assert said == [PROJECT / "pyproject.toml"]


def test_readme_does_not_state_how_many_metrics_there_are():
    """A metric is added with one file: nothing else has to be counted again."""
    numbers = "two|three|four|five|six|seven|eight|nine|ten|\\d+"
    stated = rf"\b(?:{numbers})\s+(?:figures|metrics)\b|of the (?:{numbers})\b"
    assert not re.findall(stated, README)


@pytest.mark.parametrize(
    ("file", "section"),
    [(file, section) for file in (SettingsFile, SegmentsFile) for section in file.model_fields],
)
def test_settings_say_of_every_key_what_it_takes_and_name_no_other(file, section):
    heading = f"### `[[{section}]]`\n" if is_list(file, section) else f"### `[{section}]`\n"
    told = re.split(r"(?m)^##", SETTINGS[SETTINGS.index(heading) + len(heading) :])[0]
    takes = dict(re.findall(r"(?m)^\| `(\w+)` \| (.+?) \| .+ \|$", told))
    assert takes == {
        key: allowed(field).rstrip(",") + ("" if field.is_required() else "; may be left out")
        for key, field in fields_of(file, section).items()
    }


def test_readme_names_every_command_and_no_other():
    named = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert isinstance(main, click.Group)
    assert named == set(main.commands)


def test_every_command_and_option_that_deploying_and_privacy_name_is_there():
    words = rf"(?:python childstat\.py |childstat )?((?:{'|'.join(main.commands)}) [^`\n]*)"
    for document in (DEPLOYING, PRIVACY):
        asked = re.findall(rf"`{words}`", document) + re.findall(rf"(?m)^{words}$", document)
        assert asked
        for line in asked:
            _takes(main, line.split())


def _takes(command: click.Command, words: list[str]) -> None:
    """Goes down from a command to the one that is meant, which must take each option named."""
    if isinstance(command, click.Group):
        assert words[0] in command.commands, words
        _takes(command.commands[words[0]], words[1:])
        return
    known = {one for parameter in command.params for one in parameter.opts}
    if command.context_settings.get("ignore_unknown_options"):
        known |= {f"--{name}" for name in get_config_options()}
    assert {word for word in words if word.startswith("--")} <= known, (command.name, words)


def test_what_readme_says_of_a_metric_is_what_the_metric_asks():
    said = re.findall(r"^\| ([^|]+) \| ([^|]+\?) \|", README, re.MULTILINE)
    assert said
    assert set(said) <= {(metric.name, metric.question) for metric in CATALOGUE.values()}


def test_readme_counts_no_metrics_that_the_next_one_would_make_wrong():
    number = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
    assert not re.findall(rf"\b{number} (?:figures|metrics|measures)\b", README, re.IGNORECASE)


@by_document
def test_every_path_that_a_document_names_is_there(document):
    named = set(PATH.findall(document.read_text(encoding="utf-8"))) - EXAMPLES
    assert not {path for path in named if not (PROJECT / path).exists()}


def test_every_path_that_code_names_is_there():
    rooms = "|".join({*ARROWS, "bench", "tests", "docs"})
    path = re.compile(rf"(?<![\w/.])(?:{rooms})/[\w/.-]+\.(?:py|md|css|js|toml)\b")
    named = {
        (file.relative_to(PROJECT).as_posix(), name)
        for file in SOURCES
        for name in path.findall(file.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    gone = {(file, name) for file, name in named if not (PROJECT / name).exists()}
    assert not {(file, name) for file, name in gone if name not in EXAMPLES}


@by_document
def test_every_module_and_function_that_a_document_names_is_there(document):
    for name in OURS.findall(document.read_text(encoding="utf-8")):
        assert _is_there(name), name


def _is_there(name: str) -> bool:
    """Whether a dotted name can be imported: a module, or what stands in one."""
    try:
        resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def _table(heading: str) -> dict[str, str]:
    """The two columns of the table under a heading of docs/architecture.md."""
    under = ARCHITECTURE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", under, re.MULTILINE))


def test_the_arrows_of_the_document_are_those_that_are_tested():
    said = {room: set(re.findall(r"`([^`]+)`", to)) for room, to in _table("Arrows").items()}
    assert said == ARROWS


def test_every_room_is_in_the_document_and_no_other():
    with_code = {file.parent.relative_to(PROJECT).as_posix() for file in PRODUCT} - {"."}
    deepest = {
        f"{store}/migrations/versions" for store in ("data_access/meeting_store", "access/store")
    }
    assert set(_table("Rooms")) == (with_code - deepest) | {
        "app.py",
        "childstat.py",
        "bench",
        "deploy",
        "tests",
    }


@by_document
def test_every_link_and_picture_is_there(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_a_picture_has_the_name_of_its_page():
    pictures = {path.stem.rsplit("-", 1)[0] for path in PROJECT.glob("docs/pictures/*.png")}
    assert pictures and pictures <= set(PAGES)

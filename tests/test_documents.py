"""What the documents say of the product is so."""

import re
from pathlib import Path

import click
import pytest

from childstat import main
from data_access.schema import CANONICAL
from data_access.settings_file.allowed import allowed, fields_of, is_list
from data_access.settings_file.sections import SettingsFile
from metrics.catalogue import CATALOGUE

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
SETTINGS = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
LOADING = (PROJECT / "docs" / "loading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", CANONICAL, ids=lambda table: table.name)
def test_loading_names_every_table_with_its_columns_and_which_are_needed(table):
    (line,) = [line for line in LOADING.splitlines() if line.startswith(f"| `{table.name}.csv` |")]
    named = line.split("|")[3].strip().split(", ")
    assert named == [f"**{c.name}**" if not c.nullable else c.name for c in table.columns]


@pytest.mark.parametrize("section", SettingsFile.model_fields)
def test_settings_say_of_every_key_what_it_takes_and_name_no_other(section):
    heading = f"### `[[{section}]]`\n" if is_list(section) else f"### `[{section}]`\n"
    told = re.split(r"(?m)^##", SETTINGS[SETTINGS.index(heading) + len(heading) :])[0]
    takes = dict(re.findall(r"(?m)^\| `(\w+)` \| (.+?) \| .+ \|$", told))
    assert takes == {
        key: allowed(field).rstrip(",") + ("" if field.is_required() else "; may be left out")
        for key, field in fields_of(section).items()
    }


def test_readme_names_every_command_and_no_other():
    named = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert isinstance(main, click.Group)
    assert named == set(main.commands)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)
def test_readme_asks_every_metric_s_question(metric):
    assert f"| {metric.name} | {metric.question} |" in README


@pytest.mark.parametrize(
    "document",
    sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/*.md")),
    ids=lambda path: path.name,
)
def test_every_link_and_picture_is_there(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target

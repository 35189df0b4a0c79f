"""What the documents say of the product is so."""

import re
from pathlib import Path

import click
import pytest

from childstat import main
from data_access.schema import CANONICAL
from metrics.catalogue import CATALOGUE

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
LOADING = (PROJECT / "docs" / "loading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", CANONICAL, ids=lambda table: table.name)
def test_loading_names_every_table_with_its_columns_and_which_are_needed(table):
    (line,) = [line for line in LOADING.splitlines() if line.startswith(f"| `{table.name}.csv` |")]
    named = line.split("|")[3].strip().split(", ")
    assert named == [f"**{c.name}**" if not c.nullable else c.name for c in table.columns]


def test_readme_names_every_command_and_no_other():
    named = set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    assert isinstance(main, click.Group)
    assert named == set(main.commands)


def test_what_readme_says_of_a_metric_is_what_the_metric_asks():
    said = re.findall(r"^\| ([^|]+) \| ([^|]+\?) \|", README, re.MULTILINE)
    assert said
    assert set(said) <= {(metric.name, metric.question) for metric in CATALOGUE.values()}


def test_readme_counts_no_metrics_that_the_next_one_would_make_wrong():
    number = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
    assert not re.findall(rf"\b{number} (?:figures|metrics|measures)\b", README, re.IGNORECASE)


@pytest.mark.parametrize(
    "document",
    sorted(PROJECT.glob("*.md")) + sorted(PROJECT.glob("docs/*.md")),
    ids=lambda path: path.name,
)
def test_every_link_and_picture_is_there(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target

"""What the documents say of the product is so."""

import re
from pathlib import Path

import click
import pytest

from childstat import main
from data_access.schema import CANONICAL
from metrics.catalogue import CATALOGUE
from ui.pages import PAGES

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")
LOADING = (PROJECT / "docs" / "loading.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", CANONICAL, ids=lambda table: table.name)
def test_loading_names_every_table_with_its_columns_and_which_are_needed(table):
    (line,) = [line for line in LOADING.splitlines() if line.startswith(f"| `{table.name}.csv` |")]
    named = line.split("|")[3].strip().split(", ")
    assert named == [f"**{c.name}**" if not c.nullable else c.name for c in table.columns]


def test_the_glossary_is_one_alphabet_and_says_each_word_once():
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("| ")][1:]
    words = [row.split("|")[1].strip().casefold() for row in rows]
    assert words == sorted(set(words))


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


def test_a_picture_has_the_name_of_its_page():
    pictures = {path.stem.rsplit("-", 1)[0] for path in PROJECT.glob("docs/pictures/*.png")}
    assert pictures and pictures <= set(PAGES)

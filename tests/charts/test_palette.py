"""Every colour is said in one place."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from charts import palette
from tests.test_architecture import PRODUCT

PROJECT = Path(__file__).parent.parent.parent
PALETTE = PROJECT / "charts" / "palette.py"
SHEETS = sorted((PROJECT / "ui").rglob("*.css"))
WRITTEN = [*PRODUCT, *SHEETS, *sorted((PROJECT / "ui").rglob("*.js"))]
NAMED = "white|black|gr[ae]y|silver|red|blue|green|yellow|orange|purple|navy|teal|maroon"
COLOUR = re.compile(
    r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b"
    r"|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\("
    rf"|['\"](?:{NAMED})['\"]|:[^;{{}}]*[\s:](?:{NAMED})\s*[;}}!]"
)
OF_STREAMLIT = {
    "primaryColor": palette.ACCENT,
    "backgroundColor": palette.WHITE,
    "secondaryBackgroundColor": palette.BAND,
    "textColor": palette.INK,
    "linkColor": palette.ACCENT,
    "borderColor": palette.LINE,
}


def colours(text: str) -> list[str]:
    return COLOUR.findall(text)


def names_used() -> Iterator[str]:
    for sheet in SHEETS:
        yield from re.findall(r"var\(--([\w-]+)\)", sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_a_colour_is_written_in_the_palette_and_nowhere_else(file):
    assert bool(colours(file.read_text(encoding="utf-8"))) == (file == PALETTE)


@pytest.mark.parametrize(
    "text",
    ["fill='#fff'", '"#16202a"', "#16202a2e;", "rgb(0 0 0)", "hsla(1)", "'white'", "color: red;"],
)
def test_a_colour_is_found_however_it_is_written(text):
    assert colours(text)


@pytest.mark.parametrize("text", ['"#rows"', "white-space: nowrap;", "#deadline", "[data-testid]"])
def test_what_is_no_colour_is_passed_over(text):
    assert not colours(text)


def test_style_sheets_name_only_what_is_declared_and_every_colour_of_theirs_is_named():
    own = {
        name
        for sheet in SHEETS
        for name in re.findall(r"--([\w-]+):", sheet.read_text(encoding="utf-8"))
    }
    assert not own & set(palette.CUSTOM_PROPERTIES), "a sheet declares a colour of its own"
    assert set(names_used()) - own == set(palette.CUSTOM_PROPERTIES)


def test_the_style_sheet_gives_each_name_its_colour():
    said = re.findall(r"--([\w-]+): ([^;]+);", palette.style_sheet())
    assert dict(said) == palette.CUSTOM_PROPERTIES


def test_streamlit_s_own_file_has_the_palette_s_colours():
    file = PROJECT / ".streamlit" / "config.toml"
    theme = tomllib.loads(file.read_text(encoding="utf-8"))["theme"]
    assert {key: value for key, value in theme.items() if "Color" in key} == OF_STREAMLIT

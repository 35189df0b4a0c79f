"""One alphabet: no shape says two things, and none is drawn that the alphabet doesn't have."""

import ast
import re
from collections import Counter

from charts.marks import COLOURS, alphabet
from charts.timeline_marks import SHAPES as OF_A_TIMELINE
from charts.trend.month_lines import SYMBOLS
from exports.excel.limits import SHAPES as OF_SLIDES
from metrics.signs import Sign
from metrics.spc.words import NOT_JUDGED_YET, SHAPES
from tests.test_architecture import PRODUCT, PROJECT

# Geometric shapes, miscellaneous symbols, dingbats and box drawings.
SHAPES_OF_TEXT = re.compile(r"[\u2500-\u27bf]")
# On a button: that it opens, or leads to the projector.
CONTROLS = {"▾", "▶"}


def test_no_shape_says_two_things_and_nothing_is_said_by_two_shapes():
    for said in ("shape", "means", "letter"):
        told = Counter(getattr(sign, said) for sign in Sign)
        assert max(told.values()) == 1, told.most_common(1)
    # A name that repeats a shape and meaning would be taken for the first.
    assert len(Sign) == len(Sign.__members__)


def _texts(file) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_a_shape_stands_in_the_alphabet_and_nowhere_else():
    drawn = {
        (file.relative_to(PROJECT).as_posix(), shape)
        for file in PRODUCT
        for text in _texts(file)
        for shape in SHAPES_OF_TEXT.findall(text)
    }
    strangers = {one for one in drawn if one[1] not in CONTROLS}
    assert {file for file, _ in strangers} == {"metrics/signs.py"}


def test_style_sheets_and_scripts_draw_no_shape_of_their_own():
    files = [one for kind in ("css", "js") for one in (PROJECT / "ui").rglob(f"*.{kind}")]
    assert files
    assert not [f for f in files if SHAPES_OF_TEXT.search(f.read_text(encoding="utf-8"))]


def test_charts_draw_the_shapes_that_tables_write():
    plotted = {"▲": "triangle-up", "▼": "triangle-down", "◆": "diamond", "●": "circle"}
    for mark, shape in SHAPES.items():
        assert SYMBOLS[mark][0] == plotted[shape]
    assert SYMBOLS[None][0] == "circle-open"
    assert NOT_JUDGED_YET == "○"
    slides = {"▲": "triangle", "◆": "diamond"}
    assert all(slides.get(SHAPES[mark], kind) == kind for mark, (kind, _) in OF_SLIDES.items())


def test_a_child_s_time_is_drawn_in_shapes_that_no_chart_has():
    """A dot is a month as usual: it is not also a visit."""
    drawn = {re.sub(r"#\w+", "", draw(0, 0)) for draw in OF_A_TIMELINE.values()}
    assert not any("<circle" in one or " z" in one for one in drawn)
    # Filled and open bars are told apart by what is in them, and not by their outline.
    assert len({draw(0, 0) for draw in OF_A_TIMELINE.values()}) == len(OF_A_TIMELINE)


def test_definitions_tell_every_sign_as_it_is_drawn():
    told = alphabet()
    assert [means for _, means in told] == [sign.means for sign in Sign]
    assert sum("<img" in drawn for drawn, _ in told) == 3
    for ink in set(COLOURS.values()):
        assert any(ink in drawn for drawn, _ in told)

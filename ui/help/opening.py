"""The page Help: the guide, opened without a figure or a record, by whoever may open any page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from data_access.settings import Settings
from ui import frame, guard
from ui.help.guide import Part, guide, own_and_others, words_and_pictures
from ui.session import draw, guarded
from ui.who import Looking

HELP = "help"


@dataclass(frozen=True)
class Help:
    """One opening of the page: by whom."""

    looking: Looking
    started: float

    def draw(self, *parts: Markup) -> None:
        draw(HELP, parts, self.started)

    def title(self) -> Markup:
        """Whose parts stand open, by name."""
        return Markup('{}<div class="cs-title"><h1>How to use ChildStat</h1></div>').format(
            frame.office_header(HELP, self.looking)
        )


@contextmanager
def open_help(name: str) -> Iterator[Help]:
    """The guard of this page: as of any other."""
    with guarded(name, _opened) as page:
        yield page


def _opened(name: str, _: Settings, looking: Looking, started: float) -> Help:
    guard.refuse_closed_page(name, looking)
    return Help(looking, started)


def tell(page: Help) -> None:
    """What is for everybody, the viewer's own parts, and the others folded."""
    st.markdown(guide()[0])
    own, others = own_and_others(page.looking.viewer)
    for part in own:
        page.draw(Markup("<h2>{}</h2>").format(part.whose))
        _tell_part(page, part)
    for part in others:
        with st.expander(part.whose):
            _tell_part(page, part)


def _tell_part(page: Help, part: Part) -> None:
    for piece in words_and_pictures(part.words):
        if isinstance(piece, Markup):
            page.draw(piece)
        else:
            st.markdown(piece)

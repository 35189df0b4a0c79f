"""The guide of docs/guide.md, part by part: whose each is, and its words and pictures."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from markupsafe import Markup

from data_access.viewer import Act, Viewer

GUIDE = Path(__file__).parent.parent.parent / "docs" / "guide.md"
PICTURE = re.compile(r"^!\[(?P<says>[^\]]*)\]\((?P<file>[^)]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """What the guide says to one kind of person, in Markdown."""

    whose: str
    words: str


def _is_director(viewer: Viewer) -> bool:
    return Act.CHAIR in viewer.acts and viewer.may_see_names


def _is_consultant(viewer: Viewer) -> bool:
    return bool(viewer.units) and viewer.own_children is None and viewer.may_see_names


def _is_analyst(viewer: Viewer) -> bool:
    return Act.PUBLISH in viewer.acts


# By what somebody may do, as councils name their roles as they like.
WHOSE: Mapping[str, Callable[[Viewer], bool]] = {
    "The director": _is_director,
    "The consultant social worker": _is_consultant,
    "The social worker": lambda viewer: viewer.own_children is not None,
    "The analyst": _is_analyst,
    "The administrator and the auditor": lambda viewer: bool(
        viewer.acts & {Act.ADMINISTER, Act.AUDIT}
    ),
}


@cache
def guide() -> tuple[str, tuple[Part, ...]]:
    """What is for everybody, and the parts in the guide's order."""
    _, text = GUIDE.read_text(encoding="utf-8").split("\n", 1)
    first, *parts = re.split(r"(?m)^## ", text)
    return first.strip(), tuple(Part(*map(str.strip, one.split("\n", 1))) for one in parts)


def own_and_others(viewer: Viewer) -> tuple[list[Part], list[Part]]:
    """The parts that are about what the viewer may do, and the others; each once."""
    _, parts = guide()
    own = [part for part in parts if WHOSE[part.whose](viewer)]
    return own, [part for part in parts if part not in own]


def words_and_pictures(words: str) -> Iterator[str | Markup]:
    """Markdown and pictures by turns, pictures as HTML: the page asks no other address for them."""
    end = 0
    for found in PICTURE.finditer(words):
        yield from _worded(words[end : found.start()])
        yield picture(found["file"], found["says"])
        end = found.end()
    yield from _worded(words[end:])


def _worded(words: str) -> Iterator[str]:
    if words.strip():
        yield words.strip()


@cache
def picture(file: str, says: str) -> Markup:
    """A picture of the guide with its words; one that is missing says them all the same."""
    path = GUIDE.parent / file
    if not path.exists():
        return Markup('<p class="cs-note">{}</p>').format(says)
    inside = b64encode(path.read_bytes()).decode("ascii")
    return Markup(
        f'<img class="cs-guide" alt="{escape(says)}" src="data:image/png;base64,{inside}">'
    )

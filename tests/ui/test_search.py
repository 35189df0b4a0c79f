"""Search finds whom the viewer may see, and of anybody else not even that they exist."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.small_council import HIDDEN, HOSTILE, UNITS, build, council
from ui.listing.asked_for import MOST_LETTERS
from ui.search.found import SHOWN, TOO_FEW


@pytest.fixture
def searched(small_council, monkeypatch) -> Callable[..., str]:
    """What the page says once the words are typed; nothing of them is in its address."""

    def search(words: str, database: str = small_council) -> str:
        monkeypatch.setenv("CHILDSTAT_DATABASE", database)
        run = AppTest.from_file(PAGES / "search.py", default_timeout=30).run()
        run.text_input[0].set_value(words).run()
        assert not run.exception
        assert not run.query_params
        return "".join(element.proto.body for element in run.get("html")).split("<h1>")[1]

    return search


def names_in(html: str) -> set[str]:
    return {words for page in ("child", "unit") for said, words in links_to(page, html)}


def nobody(words: str) -> str:
    return f"Nobody who is open to you has “{words}” as a name or a number."


def test_a_child_is_found_in_every_unit_by_who_sees_every_unit(searched):
    html = searched("zebedee quill")
    assert names_in(html) == {f"Zebedee Quillfeather {unit}" for unit in UNITS if unit != "U2"}
    assert not re.search("KID|WORKER|zebedee", "".join(re.findall('href="([^"]*)"', html)))


def test_a_child_is_found_by_the_whole_number_in_capitals_or_not_and_opens(searched, opened):
    html = searched("kid-u1-0")
    [(said, words)] = links_to("child", html)
    assert words == "Zebedee Quillfeather U1"
    child = opened("child", **said)
    assert "Zebedee Quillfeather U1" in child
    assert "another search" in child
    assert nobody("kid-u1-") in searched("kid-u1-")


def test_a_worker_is_found_and_leads_to_the_children_they_hold(searched, opened):
    html = searched("worker of u3")
    [(said, words)] = links_to("unit", html)
    assert words == "Worker Of U3"
    assert "Every child that Worker Of U3 holds" in opened("unit", **said)


@pytest.mark.parametrize("words", ["hidden", "Hidden Restricted", "KID-U2-1"])
def test_a_restricted_child_is_found_by_who_may_see_it_and_by_nobody_else(searched, looks, words):
    assert nobody(words) in searched(words)
    assert HIDDEN not in searched(words).replace(words, "")
    looks(may_see_restricted=True)
    assert names_in(searched(words)) == {HIDDEN}


def test_somebody_of_one_unit_finds_nobody_of_another(searched, door):
    door.comes("consultant", is_worker_of="U2")
    assert names_in(searched("ashdown")) == {"Peregrine Ashdown U2"}
    for words in ("KID-U3-0", "Quillfeather U3", "Worker Of U3"):
        assert nobody(words) in searched(words)


def test_a_social_worker_finds_own_children_alone(searched, door):
    door.comes("social worker", is_worker_of="U2")
    assert names_in(searched("ashdown")) == {"Peregrine Ashdown U2"}
    assert nobody("Quillfeather") in searched("Quillfeather")
    assert names_in(searched("worker of")) == {"Worker Of U2"}


def test_who_may_see_no_names_finds_by_the_number_alone_and_reads_no_name(searched, looks):
    looks(may_see_names=False)
    for words in ("Zebedee", "Worker Of U1", "Quillfeather U1"):
        assert nobody(words) in searched(words)
    html = searched("KID-U1-0")
    assert names_in(html) == {"Name not shown"}
    assert "Quillfeather" not in html and "2008" not in html and "Worker Of" not in html


def test_who_was_found_is_written_down_and_nothing_is_where_nobody_was(searched, door):
    door.comes("consultant", is_worker_of="U2")
    searched("Peregrine")
    [event] = door.events("listed")
    assert (event.page, door.children_of(event.number)) == ("search", {"KID-U2-2"})
    searched("KID-U3-0")
    searched("hidden")
    assert len(door.events("listed")) == 1
    assert "Peregrine" not in " ".join(map(str, door.events()))


def test_what_is_typed_and_found_is_text_and_never_runs(searched):
    html = searched("onerror")
    assert "&lt;img" in html and "<img src=x" not in html
    assert HOSTILE not in html
    html = searched("<script>alert(1)</script>")
    assert "<script" not in html


def test_a_letter_is_too_few_and_what_is_long_is_cut(searched):
    assert TOO_FEW in searched("z")
    assert "<table" not in searched("z")
    assert TOO_FEW not in searched("")
    html = searched("z" * 10_000)
    assert "z" * MOST_LETTERS in html and "z" * (MOST_LETTERS + 1) not in html


def test_of_many_the_first_are_shown_and_it_says_that_there_are_more(searched, tmp_path):
    world = council()
    for number in range(SHOWN + 3):
        world.add("child", child_id=f"M{number}", name=f"Namesake {number:02}", restricted=False)
    html = searched("namesake", build(tmp_path, world))
    assert len(links_to("child", html)) == SHOWN
    assert "3 more: type more of the name" in html


def test_who_is_held_today_is_listed_before_who_is_not(searched, tmp_path):
    world = council()
    world.add("child", child_id="N1", name="Aaron Quillfeather", restricted=False)
    listed = [
        words for _, words in links_to("child", searched("quillfeather", build(tmp_path, world)))
    ]
    assert listed[-1] == "Aaron Quillfeather"
    assert listed[:-1] == sorted(listed[:-1])
    assert len(listed) > 2


TYPED = [
    ("Zoë Núñez", "A1", "zoe nunez"),
    ("Zoe Nunez", "A2", "Zoë"),
    ("O’Hara Tim", "A3", "o'hara"),
    ("O'Hara Tim", "A4", "O’HARA"),
    ("Ali İnan", "A5", "İnan"),
    ("Ali İnan", "A5", "inan"),
    ("Łukasz Groß", "A6", "lukasz gross"),
    ("Smith–Jones", "A7", "smith-jones"),
    ("Solo", "7", "7"),
    ("Alone", "AB 12", "ab 12"),
]


def council_with_children(folder: Path, name_of: Mapping[str, str]) -> str:
    world = council()
    for number, name in name_of.items():
        world.add("child", child_id=number, name=name, restricted=False)
    return build(folder, world)


@pytest.fixture(scope="module")
def written_in_many_ways(tmp_path_factory) -> str:
    name_of = {number: name for name, number, _ in TYPED}
    return council_with_children(tmp_path_factory.mktemp("names"), name_of)


@pytest.mark.parametrize(("name", "number", "typed"), TYPED)
def test_a_child_is_found_however_a_keyboard_has_the_letters(
    searched, written_in_many_ways, name, number, typed
):
    html = searched(typed, written_in_many_ways)
    assert escape(name) in names_in(html)


def test_of_one_letter_only_a_number_is_looked_for(searched, tmp_path):
    assert names_in(searched("7", council_with_children(tmp_path, {"7": "Solo"}))) == {"Solo"}
    assert TOO_FEW in searched("s")


def test_who_is_found_and_not_shown_is_not_written_down(searched, tmp_path, door):
    world = council()
    for number in range(SHOWN + 3):
        world.add("child", child_id=f"M{number}", name=f"Namesake {number:02}", restricted=False)
    door.comes("director")
    html = searched("namesake", build(tmp_path, world))
    assert len(links_to("child", html)) == SHOWN
    [event] = door.events("listed")
    assert door.children_of(event.number) == {f"M{number}" for number in range(SHOWN)}

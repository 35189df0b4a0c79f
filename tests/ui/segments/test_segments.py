"""The page Segments: who fits no unit, proposals, who is held elsewhere, and what if."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data_access.database import changing
from data_access.meeting_store.placements import placements_noted
from data_access.schema import source_load, unit
from data_access.viewer import Act
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.segments.families import built
from tests.ui.small_council import HIDDEN, NAMES, UNITS

LISTS = ("queue", "proposals", "elsewhere", "rules")


@pytest.fixture(scope="session")
def cases(tmp_path_factory) -> str:
    return built(tmp_path_factory.mktemp("cases"))


@pytest.fixture
def page(cases, store, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", cases)

    def run(part: str | None = None, **said: str) -> AppTest:
        of = AppTest.from_file(PAGES / "segments.py", default_timeout=60)
        for key, value in {**said, **({"list": part} if part else {})}.items():
            of.query_params[key] = value
        return of.run()

    return run


def html(of: AppTest) -> str:
    assert not of.exception, [fault.message for fault in of.exception]
    return "".join(element.proto.body for element in of.get("html"))


def rows(of: AppTest, place: str = "families") -> list[str]:
    """The rows of the page's list, as texts, cells between bars."""
    section = html(of).split(f'<section id="{place}">')[1].split("</section>")[0]
    body = re.findall(r"<tbody[^>]*>(.*?)</tbody>", section)
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", body[0]) if body else []
    return [re.sub(r"<[^>]*>", "|", row).replace("\u00a0", " ") for row in found]


def row_of(of: AppTest, unit: str) -> str:
    (row,) = [
        row for row in rows(of) if f"{NAMES[0]} {unit}|" in row or f"{NAMES[1]} {unit}|" in row
    ]
    return row


def test_the_first_screen_is_who_fits_no_unit_and_says_of_every_open_family_what_is_told(page):
    shown = html(page())
    said = "Open families on 14 October 2016: 2 for a unit, 3 for none, 1 not assessed yet."
    assert said in shown


def test_who_waits_longest_comes_first_with_factors_class_and_unit(page):
    listed = rows(page())
    assert [next(name for name, _ in UNITS.values() if name in row) for row in listed] == [
        "West area", "Unit 4", "East area",
    ]  # fmt: skip
    assert "sexual abuse, adult on child (19C)" in listed[0]
    assert "excluded by sexual abuse" in listed[0]
    assert "emotional abuse (17A), not in the rules" in listed[1]
    assert "without a parent’s mental health, drugs or alcohol" in listed[1]
    assert "other factors only, which are not in the rules" in listed[2]
    assert "|8, 8 and 8|" in listed[0]


def test_each_family_that_fits_none_is_told_with_who_decides(page):
    west, unit_4, _ = rows(page())
    assert "|consultant social worker of the unit|" in west
    assert "consultant social worker of the unit, at the weekly transfer meeting|" in unit_4


def test_classes_are_counted_with_twelve_months_and_in_no_order_of_size(page):
    shown = html(page()).split('<section id="families">')[0]
    classes = re.findall(r"<th scope=\"row\">((?:excluded|other|physical)[^<]*)</th>", shown)
    assert classes == sorted(classes) and len(classes) == 3
    assert shown.count("cs-lag") == 3
    assert "all of them" in shown


def test_who_sees_no_names_is_told_the_same_classes(page, looks):
    def classes() -> str:
        return html(page()).split("<tbody>")[1].split("</tbody>")[0]

    told = classes()
    looks(may_see_names=False)
    assert "excluded by sexual abuse" in classes() == told
    assert NAMES[0] not in html(page("proposals"))


def test_every_proposal_says_why_in_one_sentence(page):
    of = page("proposals")
    assert len(rows(of)) == 6
    # Whose assessment was authorised last comes first; who is not assessed comes last.
    assert f"{NAMES[0]} E|" in rows(of)[0] and "Not assessed yet" in rows(of)[-1]
    met = "physical abuse, adult on child (18C) and alcohol misuse: a parent or carer (1B)"
    assert f"Unit 1: {met}; no sexual abuse or" in row_of(of, "U1")
    assert "no sexual abuse or sexual exploitation is recorded" in row_of(of, "U1")
    assert "No unit: Unit 1 needs a parent’s mental health, drugs or alcohol" in row_of(of, "U4")
    assert "Not assessed yet" in row_of(of, "F")
    assert "No unit: no rule names what is recorded" in row_of(of, "E")


def test_who_is_held_elsewhere_is_told_both_ways_and_is_no_error(page):
    of = page("elsewhere")
    assert len(rows(of)) == 2
    assert re.search(r"<b>2</b><strong>Held elsewhere than proposed", html(of))
    assert "|Unit 3|" in row_of(of, "U3") and "|Unit 4|" in row_of(of, "U3")
    shown = "".join(html(page(name)) for name in LISTS).lower()
    assert not re.search(r"\berror|\bmistake|\bscore|probabilit|\brisk", shown)


def test_under_a_unit_whom_it_holds_and_who_is_for_it_are_two_lists_and_sums_are_of_the_first(page):
    of = page("elsewhere", unit="U4")
    (held,), (proposed,) = rows(of), rows(of, "proposed-here")
    assert f"{NAMES[0]} U4|" in held and f"{NAMES[0]} U3|" in proposed
    assert "|Unit 3|" in proposed and "Unit 4: neglect (16A)" in proposed
    said = html(of)
    assert re.search(r"<b>1</b><strong>Held elsewhere than proposed", said)
    assert re.search(r"<b>1</b><a[^>]*>Proposals", said)
    assert re.search(r"Proposed for Unit 4 and held elsewhere: <a[^>]*>1 family</a>\.", said)
    assert any("rules: Unit 4" in told for told in of.selectbox[0].options)
    assert "Proposed for Unit 3 and held elsewhere: no family." in html(page(unit="U3"))
    assert "and held elsewhere" not in html(page(unit="E")) + html(page())


def test_who_is_for_a_unit_and_held_by_a_closed_one_is_a_number_alone_and_of_few_none(page, looks):
    looks(units=frozenset({"U4"}))
    for said in ({"unit": "U4"}, {}):
        told = html(page("elsewhere", **said))
        assert (
            "no family that is open to you; in units that are not open to you, or in none, fewer"
            in told
        )
        assert "Proposed for Unit 4; held elsewhere" in told
        assert "None of these rows is open to you." in told
        assert f"{NAMES[0]} U3" not in told and "Unit 3" not in told.split("Find in the list")[-1]
    looks(units=frozenset({"U4"}), figures=frozenset({"U4"}))
    told = html(page("elsewhere", unit="U4"))
    assert "those in units that are not open to you are not counted" in told
    assert "fewer than 6" not in told


def note(of: AppTest, place: int, words: str) -> AppTest:
    of.selectbox[0].select_index(place)
    of.text_area[0].set_value(words)
    return next(one for one in of.button if one.label == "Note it").click().run()


def test_why_a_family_stays_is_noted_and_told_beside_it(page, store):
    of = page("elsewhere")
    place = next(
        at for at, told in enumerate(of.selectbox[0].options) if "Unit 3; rules: Unit 4" in told
    )
    done = note(of, place, " Known to the worker <b> ")
    assert "Noted: it moves no case" in html(done)
    (said,) = placements_noted(store).values()
    assert (said.family_id, said.unit_id, said.proposed_unit) == ("FAM-U3", "U3", "U4")
    assert (said.reason, said.by) == ("Known to the worker <b>", "Local viewer")
    assert "Known to the worker &lt;b&gt; (Local viewer, " in html(done)
    assert "Say why" in html(note(page("elsewhere"), 0, "  "))
    assert len(placements_noted(store)) == 1


def test_who_may_not_note_has_no_form(page, looks):
    looks(acts=frozenset(Act) - {Act.NOTE})
    of = page("elsewhere")
    assert not of.text_area and "write notes and doubts" in html(of)


def test_one_unit_s_viewer_is_shown_its_families_alone_in_lists_and_numbers(page, looks):
    looks(units=frozenset({"U4"}))
    shown = {name: html(page(name)) for name in LISTS}
    assert "0 for a unit, 1 for none, 0 not assessed yet" in shown["queue"]
    assert len(rows(page("proposals"))) == 1
    for name, said in shown.items():
        children = [words for _, words in links_to("child", said)]
        assert children == ([] if name == "rules" else ["Zebedee Quillfeather U4"]), name
        assert "East area" not in said


def test_no_name_is_shown_to_who_may_see_none(page, looks):
    looks(may_see_names=False)
    for name in LISTS:
        of = page(name)
        assert not re.search("Quillfeather|Marchbanks|Ashdown", html(of))
        assert not any("Quill" in option for box in of.selectbox for option in box.options)


def test_a_family_with_a_restricted_child_is_in_no_list_and_no_number(page, looks):
    assert HIDDEN not in "".join(html(page(name)) for name in LISTS)
    assert "2016: 2 for a unit" in html(page())
    looks(may_see_restricted=True)
    assert "2016: 3 for a unit" in html(page())
    (row,) = [row for row in rows(page("proposals")) if HIDDEN in row]
    assert "|Unit 2|" in row


def test_one_unit_is_chosen_by_a_link_and_words_find_rows(page):
    of = page("proposals", unit="U3")
    assert len(rows(of)) == 1
    of = page("proposals")
    of.text_input[0].set_value("East")
    assert len(rows(of.run())) == 1


def search(of: AppTest, words: str) -> AppTest:
    of.text_input[0].set_value(words)
    return of.run()


@pytest.mark.parametrize(
    ("part", "words", "found"),
    [
        ("queue", "not in the rules 17a", ["U4", "E"]),
        ("queue", "excluded", ["W"]),
        ("proposals", "Unit 1 alcohol", ["U1", "U4"]),
        ("proposals", "not assessed", ["F"]),
        ("elsewhere", "unit 4 neglect", ["U3"]),
    ],
)
def test_words_find_what_a_list_says_of_a_family_and_of_how_many_they_are(page, part, words, found):
    of = page(part)
    before = len(rows(of))
    of = search(of, words)
    assert sorted(found) == sorted(
        unit for unit in UNITS if any(f"{NAMES[0]} {unit}|" in row for row in rows(of))
    )
    have = "has" if len(found) == 1 else "have"
    number = f"{len(found)} of {before} families {have} “{words}”; the numbers above are of all."
    assert number in html(of)


def test_what_a_list_does_not_say_is_not_found_in_it(page):
    # What was found stands in no column of proposals: a family that fits none is told by why.
    assert "No row of this list" in html(search(page("proposals"), "17A"))


def test_every_child_of_a_family_that_is_shown_is_written_down(page, door):
    door.comes("consultant", is_worker_of="U4")
    assert "Zebedee" in html(page("queue"))
    (event,) = door.events("listed")
    assert door.children_of(event.number) == {f"KID-U4-{number}" for number in range(3)}


def test_a_social_worker_who_sees_own_children_alone_is_told_why_the_page_is_closed(page, door):
    door.comes("social worker", is_worker_of="U4")
    assert "every family of a unit, and no whole unit is open to you" in html(page())


def choose(of: AppTest, label: str, groups: list[str]) -> AppTest:
    next(one for one in of.multiselect if one.label == label).set_value(groups)
    return of.run()


def test_the_rules_stand_with_how_many_families_each_fits(page):
    shown = html(page("rules"))
    assert "Physical abuse with parental underlying issues" in shown
    assert "in a child of 7 or over when assessed" in shown
    assert "Family Insights evaluation 2017, Appendix 9" in shown


def test_a_rule_changed_in_a_copy_says_how_many_families_would_move_and_writes_nothing(page):
    before = html(page("proposals"))
    of = choose(page("rules"), "Needs one of (2)", ["parent", "physical_abuse"])
    said = html(of)
    assert "1 family would be for another unit" in said
    assert '<th scope="row">no unit</th><td>Unit 1</td>' in said
    moved = re.sub(r'data-server-ms="[^"]*"', "", html(page("proposals")))
    assert moved == re.sub(r'data-server-ms="[^"]*"', "", before)


def test_a_change_after_which_two_rules_fit_one_family_or_one_nobody_is_told(page):
    of = page("rules")
    of.selectbox[0].select_index(3)
    of = choose(of.run(), "None of", [])
    assert "both fit a family with" in html(of)
    assert "it would fit nobody" in html(choose(page("rules"), "Needs one of (2)", []))
    of = choose(page("rules"), "None of", ["sexual_abuse"])
    assert "No family would be for another unit" in html(of)


def test_a_change_that_the_file_would_refuse_is_told_as_the_file_would(page):
    of = page("rules")
    of.selectbox[0].select_index(1)
    said = html(choose(of.run(), "Needs one of (1)", ["neglect"]))
    assert "use groups of its needs" in said and "by what is recorded" not in said


def test_rules_that_changed_since_are_named(page, change_settings, tmp_path):
    change_settings("hours_a_week = 37", "hours_a_week = 37.0")
    file = tmp_path / "segments.toml"
    assert "Settings have changed" not in html(page())
    file.write_text(file.read_text().replace('name = "Neglect"', 'name = "Only neglect"'))
    said = html(page())
    assert "Settings have changed since proposals were counted" in said
    assert "[[segment]] U4 from 2016-01-04 is Only neglect" in said


def test_a_council_without_rules_is_told_so(page, change_settings, tmp_path):
    change_settings("hours_a_week = 37", "hours_a_week = 37.0")
    (tmp_path / "segments.toml").unlink()
    assert "no segments.toml stands beside the file of settings" in html(page())


def test_rules_of_which_none_is_in_force_yet_are_told_on_every_part(
    page, change_settings, tmp_path
):
    change_settings("hours_a_week = 37", "hours_a_week = 37.0")
    file = tmp_path / "segments.toml"
    later = re.sub("applies_from = [0-9-]{10}", "applies_from = 2030-01-01", file.read_text())
    file.write_text(later)
    for name in LISTS:
        said = html(page(name))
        assert "No rule of segments.toml is in force on 14 October 2016" in said
        assert "the first applies from 1 January 2030" in said


def test_a_unit_whose_families_are_not_assessed_yet_says_so_and_nothing_of_the_source(page):
    said = html(page(unit="F"))
    assert "No assessment in these data has a factor" not in said
    assert "No family is assessed yet" in said and "Every family" not in said
    assert "Every family who is assessed fits a unit" in html(page(unit="U1"))


def test_where_no_source_brought_factors_no_family_is_counted_as_one_that_fits_none(
    page, tmp_path, monkeypatch
):
    own = built(tmp_path)
    monkeypatch.setenv("CHILDSTAT_DATABASE", own)
    written = {"child": {"written": 21}, "assessment": {"written": 6}}
    rows = json.dumps({"data_from": "2016-02-01", "tables": written})
    with changing(own) as connection:
        connection.execute(update(source_load).values(rows_json=rows))
    for part in ("queue", "proposals", "elsewhere"):
        said = html(page(part))
        assert "factors are not in this source" in said and "for none" not in said
    assert "factors are not in this source" in html(page("rules"))


def test_a_rule_for_a_closed_unit_says_so_wherever_it_proposes_it_and_every_family_is_counted(
    page, tmp_path, monkeypatch
):
    own = built(tmp_path)
    monkeypatch.setenv("CHILDSTAT_DATABASE", own)
    with changing(own) as connection:
        closed = update(unit).where(unit.c.unit_id == "U4").values(closed_on=date(2016, 10, 3))
        connection.execute(closed)
    why = "Unit 4, which closed on 3 October 2016"
    assert f"|{why}|" in row_of(page("proposals"), "U3")
    assert f"|{why}|" in row_of(page("elsewhere"), "U3")
    assert why in html(page("rules")).replace("\u00a0", " ").split("<tbody")[1]
    for name in LISTS:
        assert f"to which no family can go: {why}. Name a unit" in html(page(name))
    said = "Open families on 14 October 2016: 2 for a unit, 3 for none, 1 not assessed yet."
    assert said in html(page())


def test_data_without_an_open_family_say_what_to_do(page, small_council, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    assert "run &#39;python childstat.py derive&#39;" in html(page())


def test_a_list_that_there_is_not_is_refused(page):
    assert "There is no list of this name here" in html(page("nobody"))

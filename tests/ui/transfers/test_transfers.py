"""The list of the transfer meeting: who sees whom on it, its links, and its column for paper."""

import re
from datetime import timedelta
from shutil import copyfile

import pytest
from markupsafe import Markup
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data_access.database import changing
from data_access.schema import child
from tests.ui.conftest import PAGES
from tests.ui.small_council import AS_AT, HIDDEN, NAMES, build, council
from ui.transfers.lists import DECIDED

REFERRED, AUTHORISED = AS_AT - timedelta(30), AS_AT - timedelta(9)


def with_referrals():
    """Three children of the front door referred, one of them assessed and co-worked by Unit 1.

    By what was found the family is for Unit 4. The last one's record is restricted. Unit 1's own
    have come to it.
    """
    world = council()
    for number in range(len(NAMES)):
        for unit_id in ("F", "U1"):
            case = {"referral_id": f"R-{unit_id}-{number}", "child_id": f"KID-{unit_id}-{number}"}
            world.add("referral", **case, received_on=REFERRED, no_further_action=False)
    case = {"referral_id": "R-F-0", "child_id": "KID-F-0"}
    found = {"assessment_id": "A-F-0", "started_on": REFERRED, "authorised_on": AUTHORISED}
    world.add("assessment", **case, **found)
    world.add("assessment_factor", assessment_id="A-F-0", factor="16A")
    world.add(
        "allocation",
        **case,
        worker_id="WORKER-U1",
        unit_id="U1",
        lead=False,
        started_on=AS_AT - timedelta(4),
    )
    for row in world.rows["child"]:
        if row["child_id"] == "KID-F-2":
            row.update(name=HIDDEN, restricted=True)
    _led_by_unit_1(world)
    return world


def _led_by_unit_1(world):
    """Another child of the front door's family, who waits for no unit."""
    child_id, name = {"child_id": "KID-F-3"}, "Led Elsewhere"
    world.add("child", **child_id, name=name, family_id="FAM-F", restricted=False)
    world.add("referral", **child_id, received_on=REFERRED, no_further_action=False)
    lead = {"worker_id": "WORKER-U1", "unit_id": "U1", "lead": True}
    world.add("allocation", **child_id, **lead, started_on=REFERRED)


@pytest.fixture(scope="module")
def referred(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("referred"), with_referrals())


@pytest.fixture(scope="module")
def unrestricted(referred, tmp_path_factory) -> str:
    """The same once no child is restricted."""
    file = tmp_path_factory.mktemp("unrestricted") / "small.duckdb"
    copyfile(referred.removeprefix("duckdb:///"), file)
    with changing(f"duckdb:///{file}") as connection:
        connection.execute(update(child).values(restricted=False))
    return f"duckdb:///{file}"


def section(html: str, name: str) -> str:
    return html.split(f'<section id="{name}">')[1].split("</section>")[0]


def rows(html: str, name: str) -> list[list[str]]:
    body = section(html, name).split("<tbody>")[-1]
    return [
        [str(Markup(cell).striptags()) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in re.findall("<tr.*?</tr>", body, re.S)
    ]


def test_who_is_assessed_stands_first_with_the_days_and_the_unit_that_co_works(opened, referred):
    html = opened("transfers", referred)
    ((child, days, proposed, authorised, received, worker, unit, co_unit, since, _),) = rows(
        html, "to_transfer"
    )
    assert (child, days, worker, unit) == (f"{NAMES[0]} F", "9", "Worker Of F", "Front door")
    assert proposed == "–"
    assert (authorised, received) == ("5 Oct", "14 Sep")
    assert (co_unit, since) == ("Unit 1", "10 Oct")


def names(html: str, name: str) -> list[str]:
    return [row[0] for row in rows(html, name)] if "<tbody>" in section(html, name) else []


def test_whom_the_rules_propose_for_a_unit_stands_in_its_list_with_the_unit_that_holds_them(
    opened, unrestricted
):
    html = opened("transfers", unrestricted, unit="U4")
    ((child, _, proposed, *_, unit, _, _, _),) = rows(html, "to_transfer")
    assert (child, proposed, unit) == (f"{NAMES[0]} F", "Unit 4", "Front door")
    # A brother's assessment is enough for a proposal, and not for this case to be assessed.
    assert names(html, "being_assessed") == [f"{NAMES[1]} F", "Name not shown"]
    assert "waiting elsewhere and proposed for Unit 4 by the rules of Segments." in html
    for unit in ("U3", "E"):
        html = opened("transfers", unrestricted, unit=unit)
        assert not names(html, "to_transfer") + names(html, "being_assessed")
    assert "proposed for East area" not in html


def test_a_proposal_that_rests_on_a_restricted_child_is_told_to_who_may_see_one(
    opened, referred, looks
):
    assert not names(opened("transfers", referred, unit="U4"), "to_transfer")
    looks(may_see_restricted=True)
    ((child, _, proposed, *_),) = rows(opened("transfers", referred, unit="U4"), "to_transfer")
    assert (child, proposed) == (f"{NAMES[0]} F", "Unit 4")


def test_of_who_waits_in_a_closed_unit_a_number_is_told_and_none_of_few(
    opened, unrestricted, referred, looks
):
    looks(units=frozenset({"U4"}))
    html = opened("transfers", unrestricted, unit="U4")
    assert not re.search("|".join((*NAMES, HIDDEN)), html)
    assert "Segments; in units that are not open to you, or in none, fewer than 6." in html
    assert "fewer than 6" not in opened("transfers", referred, unit="U4")
    looks(units=frozenset({"U4"}), figures=frozenset({"U4"}))
    html = opened("transfers", unrestricted, unit="U4")
    assert "Segments; those in units that are not open to you are not counted." in html
    assert "fewer than 6" not in html


def test_every_child_on_whom_a_proposal_rests_is_written_down(opened, unrestricted, door):
    door.comes("director")
    opened("transfers", unrestricted, unit="U4")
    (event,) = door.events("listed")
    # The last is in none of these lists.
    assert door.children_of(event.number) == {f"KID-F-{number}" for number in range(4)}


def test_words_find_who_is_proposed_for_a_unit_and_the_number_says_so(unrestricted, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", unrestricted)
    of = AppTest.from_file(PAGES / "transfers.py", default_timeout=30).run()
    of.text_input[0].set_value("unit 4")
    html = "".join(element.proto.body for element in of.run().get("html"))
    assert names(html, "to_transfer") == [f"{NAMES[0]} F"]
    assert "1 found: an assessment" in section(html, "to_transfer")


def test_without_rules_no_list_has_a_column_of_what_they_propose(
    opened, unrestricted, change_settings, tmp_path
):
    change_settings("hours_a_week = 37", "hours_a_week = 37.0")
    (tmp_path / "segments.toml").unlink()
    html = opened("transfers", unrestricted)
    assert names(html, "to_transfer") and "Proposed for" not in html


def test_who_is_not_assessed_is_listed_by_the_referral_and_a_restricted_record_says_nothing(
    opened, referred, looks
):
    looks(may_see_restricted=False)
    html = opened("transfers", referred)
    listed = rows(html, "being_assessed")
    assert {row[0] for row in listed} == {f"{NAMES[1]} F", "Restricted record"}
    (restricted,) = (row for row in listed if row[0] == "Restricted record")
    assert {*restricted[1:]} <= {"–", ""}
    assert HIDDEN not in html


def test_a_child_is_co_worked_in_the_list_of_the_unit_that_does(opened, referred):
    for unit, children in (("U1", [f"{NAMES[0]} F"]), ("F", []), ("U2", [])):
        html = opened("transfers", referred, unit=unit)
        found = rows(html, "co_worked") if "<tbody>" in section(html, "co_worked") else []
        assert [row[0] for row in found] == children


def test_a_child_opens_from_the_list_and_leads_back_to_it(opened, referred):
    html = opened("transfers", referred, unit="F")
    where = re.search(r'href="\./child\?([^"]*)"', section(html, "to_transfer"))
    assert where is not None
    said = dict(re.findall(r"(\w+)=([^&]*)", Markup(where[1]).unescape()))
    child = opened("child", referred, **said)
    assert f"{NAMES[0]} F" in child
    assert re.search(r'href="\./transfers\?[^"]*unit=F[^"]*"[^>]*>← back to the list', child)


def test_who_may_see_no_names_sees_none(opened, referred, looks):
    looks(may_see_names=False)
    html = opened("transfers", referred)
    assert not re.search("|".join(NAMES), html) and "Worker Of" not in html
    assert "Name not shown" in html


def test_a_viewer_of_one_unit_sees_that_unit_s_alone(opened, referred, looks):
    looks(units=("U1",))
    html = opened("transfers", referred)
    assert "<tbody>" not in section(html, "to_transfer")
    assert [row[0] for row in rows(html, "co_worked")] == [f"{NAMES[0]} F"]


def test_the_room_writes_into_the_last_column_which_paper_alone_has(opened, referred):
    html = opened("transfers", referred)
    for name in ("to_transfer", "co_worked", "being_assessed"):
        headings = re.findall(r"<th[^>]*>(.*?)</th>", section(html, name).split("<tbody>")[0])
        assert headings[-1] == DECIDED


def test_where_nobody_can_tell_who_waits_the_reason_is_said(opened, tmp_path):
    world = with_referrals()
    why = "No unit is the front door."
    (load,) = world.rows["source_load"]
    load["rows_json"] = load["rows_json"][:-1] + f', "not_in_source": {{"door_to_unit": "{why}"}}}}'
    html = opened("transfers", build(tmp_path, world))
    assert f"Not in this source: {why}" in html
    assert "to_transfer" not in html


def test_unit_leads_to_its_own_list(opened):
    assert re.search(r'href="\./transfers\?[^"]*unit=U1', opened("unit", unit="U1"))

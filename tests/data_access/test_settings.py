"""What stands in the settings' file, and what a slip in it says."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.access_settings import SHIPPED_ROLES, SessionLimits, SignIn
from data_access.due.standards import STANDS_IN, standards
from data_access.problems import Problem
from data_access.settings import GENERAL, settings_path
from data_access.settings_file.reading import read_settings
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from tests import COUNCIL

WRITTEN = COUNCIL.read_text(encoding="utf-8")
PROJECT = Path(__file__).parent.parent.parent


def changed(before: str, after: str) -> str:
    assert WRITTEN.count(before) >= 1, before
    return WRITTEN.replace(before, after, 1)


@pytest.fixture
def council(tmp_path, monkeypatch):
    """Puts a council's own file in force: call it with its text."""

    def in_force(text: str) -> None:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("CHILDSTAT_CONFIG", str(path))

    return in_force


def refusal(council, text: str) -> str:
    council(text)
    with pytest.raises(Problem) as problem:
        checked_settings()
    return str(problem.value)


def added(section: str, **keys: str) -> tuple[str, str]:
    """A change of the file that adds a section before [viewer]."""
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return "[viewer]\n", f"{section}\n{lines}\n[viewer]\n"


# What is written, what is written instead, where that is, and how key and value are then told if
# not as the last line that is new.
WRONG = [
    # Types.
    ("may_see_restricted = false", 'may_see_restricted = "false"', "[viewer]"),
    ("may_see_names = true", "may_see_names = 1", "[viewer]"),
    ('units = ["*"]', 'units = "*"', "[viewer]"),
    ('units = ["*"]', "units = [1, 2]", "[viewer]"),
    ('name = "Local viewer"', "name = 3", "[viewer]"),
    ('name = "Demonstration council"', 'name = ""', "[council]"),
    ('name = "Demonstration council"', 'name = "  "', "[council]"),
    ('name = "Demonstration council"', r'name = "Any\nshire"', "[council]"),
    ("hours_a_week = 37", 'hours_a_week = "37"', "[time]"),
    ("coverage_floor = 0.8", "coverage_floor = true", "[time]"),
    ("first_review_working_days = 20", "first_review_working_days = 20.5", "[visits]"),
    ("day_of_visit_counts_as = 0", "day_of_visit_counts_as = false", "[visits]"),
    ("applies_from = 2000-01-01", 'applies_from = "2000-01-01"', "the 1st [[recording_standard]]"),
    ("applies_from = 2000-01-01", "applies_from = 2000-01-01T00:00:00", "[[recording_standard]]"),
    ('direct_categories = ["direct_work"]', 'direct_categories = "direct_work"', "[time]"),
    ('source = "Local standard"', "source = 2016", "the 1st [[recording_standard]]"),
    ('A3 = "for adoption, consent, same carer"', "A3 = 3", "[placement_words]"),
    # Ranges.
    ("[worth_saying]", "[worth_saying]\ncaseload = -1", "[worth_saying]", "a number from 0 to"),
    ("[worth_saying]", "[worth_saying]\ncaseload = inf", "[worth_saying]", "a number from 0 to"),
    ("[worth_saying]", "[worth_saying]\ncaseload = true", "[worth_saying]", "a number from 0 to"),
    ("hours_a_week = 37", "hours_a_week = 0", "[time]"),
    ("hours_a_week = 37", "hours_a_week = -37", "[time]"),
    ("hours_a_week = 37", "hours_a_week = 370", "[time]"),
    ("hours_a_week = 37", "hours_a_week = nan", "[time]"),
    ("coverage_floor = 0.8", "coverage_floor = 80", "[time]"),
    ("coverage_floor = 0.8", "coverage_floor = -0.1", "[time]"),
    ("no_visit_share = 0.25", "no_visit_share = 25", "[recording]"),
    ("no_visit_share = 0.25", "no_visit_share = inf", "[recording]"),
    ("reported_on_day = 3", "reported_on_day = -3", "[recording]"),
    ("working_days = 2", "working_days = -1", "the 1st [[recording_standard]]"),
    ("working_days = 2", "working_days = 200", "the 1st [[recording_standard]]"),
    ("first_review_working_days = 20", "first_review_working_days = 0", "[visits]"),
    ("day_of_visit_counts_as = 0", "day_of_visit_counts_as = 2", "[visits]"),
    ("every = 4", "every = 0", "the 1st [[visit_standard]]"),
    ("every = 4", "every = 400", "the 1st [[visit_standard]]"),
    ("weeks = 24", "weeks = 0", "the 3rd [[visit_limb]]"),
    ("applies_from = 2000-01-01", "applies_from = 0200-01-01", "the 1st [[recording_standard]]"),
    ("applies_from = 2015-05-01", "applies_from = 2915-05-01", "the 1st [[target]]"),
    ("value = 50", "value = 150", "the 1st [[target]]"),
    ("value = 18.0", "value = -18.0", "the 1st [[comparator]]"),
    ("value = 4.2", "value = 420", "the 5th [[comparator]]"),
    ("recorded_in_time = 3", "recorded_in_time = -1", "[worth_saying]"),
    ("recorded_in_time = 3", "recorded_in_time = 101", "[worth_saying]"),
    ("recorded_in_time = 3", 'recorded_in_time = "3"', "[worth_saying]"),
    # Words that nothing knows.
    ("recorded_in_time = 3", "recorded_on_time = 3", "[worth_saying]"),
    ('method = "diary"', 'method = "dairy"', "[time]"),
    ('record_covers = "week"', 'record_covers = "month"', "[time]"),
    ('direct_categories = ["direct_work"]', 'direct_categories = ["directwork"]', "[time]"),
    ('direct_categories = ["direct_work"]', "direct_categories = []", "[time]"),
    ('leave_categories = ["annual_leave"', 'leave_categories = ["holiday"', "[time]"),
    ('practitioner_roles = ["social_worker"', 'practitioner_roles = ["socialworker"', "[time]"),
    ('period = "weeks"', 'period = "fortnights"', "the 1st [[visit_standard]]"),
    ('phase = "first"', 'phase = "start"', "the 3rd [[visit_standard]]"),
    ('kind = "CP"', 'kind = "CPP"', "the 2nd [[visit_standard]]"),
    ('limb = "connected_person"\nphase', 'limb = "kin"\nphase', "the 10th [[visit_law]]"),
    ('metric = "direct_work"', 'metric = "direct_wrok"', "the 1st [[target]]"),
    ('metric = "sickness"', 'metric = "sick"', "the 5th [[comparator]]"),
    # Settings that are right, and not beside each other.
    (
        'leave_categories = ["annual_leave"',
        'leave_categories = ["direct_work"',
        "[time]",
        'direct_categories = ["direct_work"]: take "direct_work" out of it, or out of leave_',
    ),
    ('direct_categories = ["direct_work"]', 'direct_categories = ["court", "court"]', "[time]"),
    ('units = ["*"]', 'units = ["*", "U1"]', "[viewer]"),
    ('phase = "always"', 'phase = "first_year"', "the 1st [[visit_standard]]"),
    ('limb = "parents_on_interim_order"\nname', 'limb = "general"\nname', "[[visit_limb]]"),
    ("applies_from = 2000-01-01", "applies_from = 2016-04-01", "the 1st [[recording_standard]]"),
    ("value = 50\n", "value = 50\nby = 2016-12-31\n", "the 1st [[target]]"),
    ("value = 50\n", "value = 50\nfrom_value = 20\n", "the 1st [[target]]"),
    ("value = 50\n", "value = 50\nfrom_value = 20\nby = 2015-01-01\n", "the 1st [[target]]"),
    (
        *added(
            "[[target]]",
            metric='"direct_work"',
            value="60",
            applies_from="2015-05-01",
            source='"x"',
        ),
        "the 2nd [[target]]",
        "applies_from = 2015-05-01",
    ),
    (
        *added("[[recording_standard]]", working_days="3", applies_from="2000-01-01", source='"x"'),
        "the 2nd [[recording_standard]]",
        "applies_from = 2000-01-01",
    ),
    (
        'kind = "CP"\nphase = "always"',
        'kind = "CIN"\nphase = "always"',
        "the 2nd [[visit_standard]]",
        "applies_from = 2000-01-01",
    ),
    ('place = "North East"', 'place = "Newcastle"', "the 2nd [[comparator]]"),
    ('legal_statuses = ["C2"]\n', "", "the 2nd [[visit_limb]]", 'placement_kinds = ["P1"]'),
    (
        *added("[[board]]", name='"Visits"', metrics='["caseload", "caseload"]'),
        "the 9th [[board]]",
    ),
    (*added("[[board]]", name='"?!"', metrics='["caseload"]'), "the 9th [[board]]", 'name = "?!"'),
    (
        *added("[[board]]", name='"Visits"', metrics='["caseload", "sicknes"]'),
        "the 9th [[board]]",
        '"sicknes"]: no metric has the key "sicknes"; did you mean sickness?',
    ),
    (
        *added("[[board]]", name='"Visits"', metrics="[]"),
        "the 9th [[board]]",
        "metrics = []: use a list in [ ], 1 to 10 of them, each a text in quotes",
    ),
    (
        *added("[[board]]", name='"Visits"', metrics=str(list("abcdefghijk")).replace("'", '"')),
        "the 9th [[board]]",
        "use a list in [ ], 1 to 10 of them, each a text in quotes",
    ),
    (
        *added(
            '[[board]]\nname = "Visits"\nmetrics = ["sickness"]\n\n[[board]]',
            name='"visits!"',
            metrics='["caseload"]',
        ),
        "the 10th [[board]]",
        'name = "visits!"',
    ),
    (
        *added(
            "[[review_standard]]",
            kind='"CLA"',
            phase='"first"',
            every="25",
            period='"working_days"',
            applies_from="2000-01-01",
            source='"x"',
        ),
        "the 5th [[review_standard]]",
        'phase = "first": leave the entry out: first_review_working_days in [visits] says it',
    ),
    (
        *added(
            "[[review_standard]]",
            kind='"CP"',
            phase='"later"',
            every="5",
            period='"months"',
            applies_from="2000-01-01",
            source='"x"',
        ),
        "the 5th [[review_standard]]",
        "applies_from = 2000-01-01: entry 2 says the same",
    ),
    ('phase = "second"', 'phase = "third"', "the 3rd [[review_standard]]"),
    # Keys that nothing knows.
    ("coverage_floor = 0.8", "coverage_flor = 0.8", "[time]"),
    ("hours_a_week = 37", "hours_per_week = 37", "[time]"),
    ("may_see_restricted = false", "may_see_restricted = false\nmay_see = true", "[viewer]"),
    ('name = "with parents on a care order"', 'nmae = "home"', "the 1st [[visit_limb]]"),
    (
        "reported_on_day = 3",
        "reported_on_day = 3\nstandard_working_days = 2",
        "[recording]",
        "standard_working_days = 2: this key has gone; write a section [[recording_standard]] with"
        " working_days = 2, applies_from = 2000-01-01 and a source",
    ),
]


@pytest.mark.parametrize("slip", WRONG, ids=lambda slip: slip[1].replace("\n", " ")[:60])
def test_a_wrong_setting_is_told_with_its_place_its_key_and_its_value(council, slip):
    before, after, where, *named = slip
    said = refusal(council, changed(before, after))
    new = [line for line in after.splitlines() if line and line not in before.splitlines()]
    assert said.startswith("config.toml")
    assert where in said
    assert (named or new)[-1] in said
    assert said.endswith((".", "?"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "hours_a_week = 37",
            "hours_a_week = 0",
            "config.toml: in [time], hours_a_week = 0: use a number from 20 to 60.",
        ),
        (
            'units = ["*"]',
            'units = "*"',
            'config.toml: in [viewer], units = "*": use a list in [ ], none or more of them, each'
            " a text in quotes, on one line and not empty.",
        ),
        (
            "may_see_restricted = false",
            "may_see_restrcted = false",
            "config.toml has 2 wrong settings: (1) [viewer] has no may_see_restricted: add it,"
            " true or false (see docs/settings.md). (2) in [viewer], may_see_restrcted = false:"
            " there is no such key; did you mean may_see_restricted?",
        ),
        (
            'kind = "CP"\n',
            'kind = "CPP"\n',
            'config.toml: in the 2nd [[visit_standard]], kind = "CPP": use one of "CIN", "CP",'
            ' "CLA".',
        ),
        (
            'metric = "direct_work"',
            'metric = "direct_wrok"',
            'config.toml: in the 1st [[target]], metric = "direct_wrok": no metric has that key;'
            " did you mean direct_work?",
        ),
        (
            "[scale]",
            "[scales]",
            "config.toml has 2 wrong settings: (1) [scale] is missing; add it (see"
            " docs/settings.md). (2) [scales] is not known; did you mean scale?",
        ),
        (
            '[[target]]\nmetric = "direct_work"',
            '[target]\nmetric = "direct_work"',
            "config.toml: [target] is not written as a section; write [[target]] above its keys.",
        ),
        (
            'kind = "CP"\nphase = "always"\n',
            'kind = "CLA"\nphase = "long_term"\n',
            'config.toml: no [[visit_standard]] has kind = "CP" and phase = "always", or a wider'
            " phase, so no visit would ever fall due: add one.",
        ),
        (
            'kind = "CP"\nphase = "later"\n',
            'kind = "CP"\nphase = "second"\n',
            'config.toml: no [[review_standard]] has kind = "CP" and phase = "later", so no such'
            " review would ever fall due: add one.",
        ),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(council, before, after, said):
    assert refusal(council, changed(before, after)) == said


def test_all_that_is_wrong_is_told_at_once(council):
    text = changed("hours_a_week = 37", "hours_a_week = 0").replace(
        "may_see_names = true", 'may_see_names = "yes"'
    )
    said = refusal(council, text)
    assert "2 wrong settings" in said
    assert "hours_a_week = 0" in said
    assert 'may_see_names = "yes"' in said


@pytest.mark.parametrize("section", ["database", "meeting_store"])
def test_an_address_is_never_told_again_for_it_may_hold_a_password(council, section):
    url = "postgresql+psycopg://ann:sesame@host/name"
    said = refusal(council, changed(f"[{section}]\nurl", f'[{section}]\nulr = "{url}"\nurl'))
    assert f"in [{section}], ulr = …: there is no such key; did you mean url?" in said
    assert "sesame" not in said


def test_a_file_that_cannot_be_read_is_one_sentence(council, tmp_path, monkeypatch):
    assert "cannot be read" in refusal(council, "[council\n")
    (tmp_path / "config.toml").write_bytes(b'[council]\nname = "\xff"\n')
    with pytest.raises(Problem, match="save it as UTF-8"):
        read_settings()
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(Problem, match="none.toml is missing: CHILDSTAT_CONFIG names it"):
        read_settings()


def test_the_mark_that_windows_editors_put_first_is_no_fault(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN, encoding="utf-8-sig")
    assert replace(read_settings(path), segments=read_settings().segments) == read_settings()


def test_what_may_be_left_out_may_be_left_out(tmp_path):
    """A council without targets, comparators or limbs of its own."""
    sections = re.split(r"(?m)^(?=\[)", WRITTEN)
    kept = [one for one in sections if not re.match(r"\[\[(target|comparator|visit_limb)", one)]
    kept = [one for one in kept if "limb = " not in one]
    path = tmp_path / "config.toml"
    path.write_text("".join(kept), encoding="utf-8")
    found = read_settings(path)
    assert (found.targets, found.comparators, found.visit_limbs) == ((), (), ())


def test_the_settings_as_shipped_or_as_a_council_has_them_are_right():
    read_settings(PROJECT / "config.toml")


WILD = (
    changed("hours_a_week = 37", "hours_a_week = 40")
    .replace("working_days = 2", "working_days = 7")
    .replace('name = "Demonstration council"', 'name = "Wildshire"')
    .replace("every = 4", "every = 2")
    .replace("day_of_visit_counts_as = 0", "day_of_visit_counts_as = 1")
)
SAYS_WHAT_TESTS_READ = """
import os
from tests.worlds import SETTINGS
from data_access.settings import settings_path
from metrics.council.checked import checked_settings
print(SETTINGS.council, checked_settings() == SETTINGS, settings_path().name)
del os.environ["CHILDSTAT_CONFIG"]
print(checked_settings().council)
"""


def test_a_council_s_own_settings_are_none_of_the_tests(tmp_path):
    """The project as it is but for its config.toml, which is right and another council's."""
    for one in PROJECT.iterdir():
        if one.name not in ("config.toml", ".git"):
            (tmp_path / one.name).symlink_to(one)
    (tmp_path / "config.toml").write_text(WILD, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_TESTS_READ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.splitlines() == ["Demonstration council True council.toml", "Wildshire"]


def test_no_test_reads_the_settings_of_this_machine():
    assert settings_path() == COUNCIL


def test_every_limb_has_a_law_of_its_own_and_every_phase_is_reached():
    settings = read_settings()
    of_law = {one.limb for one in settings.visit_laws}
    assert of_law == {GENERAL, *(limb.limb for limb in settings.visit_limbs)}
    assert {"kind", "limb", "phase"} <= set(standards(settings.visit_laws, (), "law").c.keys())
    assert {one.phase for one in settings.visit_laws} <= set(STANDS_IN)


def test_every_kind_of_placement_that_a_limb_names_has_words():
    settings = read_settings()
    named = {kind for limb in settings.visit_limbs for kind in limb.placement_kinds}
    assert named <= set(dict(settings.placement_words))


def test_the_metric_names_the_due_date_that_it_shows():
    headings = CATALOGUE["visits_out_of_timescale"].drill_down
    assert headings["due_on"] == "Due (this child’s interval)"
    assert {"standard_due_on", "lawful_due_on", "set_by", "looser_than"} <= set(headings)


OIDC = (
    'method = "oidc"\naddress = "https://c.example"\nissuer = "https://i.example"\nclient_id = "c"'
)
A_ROLE = (
    'name = "R"\nclaim = "R"\nunits = "own post"\nfigures = "own"\nnames = true\nrestricted = false'
)


def test_a_file_that_says_nothing_of_access_has_no_sign_in_and_the_shipped_roles(council):
    council(WRITTEN)
    settings = checked_settings()
    assert "[sign_in]" not in WRITTEN
    assert (settings.sign_in.method, settings.roles) == ("none", SHIPPED_ROLES)
    assert settings.sessions == SessionLimits(30, 10, 4)


def test_the_file_that_is_shipped_says_what_holds_without_it():
    shipped = read_settings(PROJECT / "config.toml")
    assert shipped.roles == SHIPPED_ROLES
    assert (shipped.sign_in, shipped.sessions) == (SignIn(), SessionLimits())


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ('[sign_in]\nmethod = "oidc"', 'add address, which the method "oidc" needs'),
        (f"[sign_in]\n{OIDC}".replace("client_id", "# "), "add client_id, which"),
        (
            f"[sign_in]\n{OIDC}".replace("https://c", "http://c"),
            'address = "http://c.example": use',
        ),
        (f"[sign_in]\n{OIDC}".replace("c.example", "c.example/x"), "leave out what follows"),
        (f"[sign_in]\n{OIDC}".replace("c.example", "c.example/"), "a last / as well"),
        (f"[sign_in]\n{OIDC}".replace("https://i.example", "i.example"), "begins with https://"),
        (f"[sign_in]\n{OIDC}".replace("//i", "//a:b@i"), "begins with https://"),
        ('[sign_in]\nmethod = "proxy"\naddress = "https://c.example"', "add proxy_header, which"),
        ('[sign_in]\nmethod = "password"', 'use one of "none", "oidc", "proxy"'),
        ("[sessions]\nidle_minutes = 0", "use a whole number from 1 to 480"),
        ("[sessions]\nhours = 25", "use a whole number from 1 to 24"),
        ('[access_store]\nurl = "duckdb:///x:secret"\nurls = 1', "did you mean url?"),
        (f"[[role]]\n{A_ROLE}".replace('"own post"', '"all"'), 'use one of "own post", "granted"'),
        (f"[[role]]\n{A_ROLE}\nacts = ['fly']", 'each one of "publish", "chair"'),
        (f"[[role]]\n{A_ROLE}\nacts = ['note', 'note']", "name each once"),
        (f"[[role]]\n{A_ROLE}\n[[role]]\n{A_ROLE}", 'name = "R": the 1st [[role]] has it'),
        (f"[[role]]\n{A_ROLE}".replace('claim = "R"', 'claim = ""'), "claim"),
        (f"[[role]]\n{A_ROLE}".replace('"own post"', '"none"'), 'figures = "own": use "none"'),
        (f"[[role]]\n{A_ROLE}".replace("names = true\n", ""), "has no names: add it"),
    ],
)
def test_a_slip_in_who_may_look_is_one_sentence(council, section, said):
    assert said in refusal(council, WRITTEN.replace("[viewer]\n", f"{section}\n\n[viewer]\n"))


@pytest.mark.parametrize(
    "section",
    [
        OIDC,
        OIDC.replace("https://c.example", "http://127.0.0.1:8501"),
        'method = "proxy"\naddress = "https://c.example"\nproxy_secret_header = "x-secret"',
    ],
)
def test_what_a_method_needs_and_has_is_taken(council, section):
    council(f"{WRITTEN}\n[sign_in]\n{section}\n")
    assert checked_settings().sign_in.method in section

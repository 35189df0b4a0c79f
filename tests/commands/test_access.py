"""access, as an administrator's or an auditor's script sees it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text

from access.audit.events import Event, What, note
from access.matches import confirmed_numbers
from access.sessions import begin
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event
from data_access.access_settings import AccessStore
from data_access.database import rebuild
from data_access.london import day_of, now
from data_access.schema import metadata
from data_access.settings import ACCESS_STORE_VARIABLE
from tests.access.people import LIMITS, NUMBER, claims
from tests.access.people import council as workers_of_three_units
from tests.commands.test_childstat import run


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    monkeypatch.setenv(ACCESS_STORE_VARIABLE, f"sqlite:///{tmp_path / 'access.sqlite'}")
    return f"sqlite:///{tmp_path / 'access.sqlite'}"


@pytest.fixture
def store(url):
    engine = open_access_store(AccessStore(url))
    yield engine
    engine.dispose()


@pytest.fixture
def ann(store):
    return begin(store, claims(), LIMITS, now())[1]


def rows(*words: str) -> list[dict]:
    done = run("access", *words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def said(done) -> tuple[int, str]:
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 1 or done.exit_code == 2
    return done.exit_code, done.stdout + done.stderr


def kinds(store) -> list[tuple[str, str]]:
    found = read(store, select(event.c.what, event.c.reason).order_by(event.c.number))
    return [(row.what, row.reason or "") for row in found]


def test_where_nobody_signs_in_no_store_is_made_for_a_command(url, tmp_path):
    for words in (("list",), ("verify",), ("sessions",), ("end-all", "--why", "x")):
        status, words_said = said(run("access", *words))
        assert status == 1
        assert 'the method "none"' in words_said
    assert list(tmp_path.iterdir()) == []


def test_a_unit_is_granted_told_and_withdrawn(database, store, ann):
    words = ("--person", "ann@example.org", "--unit", "U1")
    status, told = said(run("access", "grant", "--database", database, *words))
    assert (status, told.split(". ")[0]) == (
        0,
        "Ann Example (ann@example.org) has the unit U1 (Unit 1)",
    )
    assert "It opens no unit to them now. They are told: “You are signed in, and" in told
    assert rows("list")[0]["granted"] == "U1"
    assert run("access", "grant", "--database", database, *words).exit_code == 1
    assert said(run("access", "withdraw", *words)) == (
        0,
        "Ann Example (ann@example.org) has the unit U1 no more.\n",
    )
    assert rows("list")[0]["granted"] is None
    assert kinds(store)[1][1].endswith(" on the command line")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("grant", "--person", "ann", "--role", "director"), 1, "Nobody is known as ann"),
        (("grant", "--person", "Ann Example", "--role", "boss"), 1, "There is no role boss"),
        (("grant", "--person", "Ann Example"), 1, "Name a role or a unit"),
        (("withdraw", "--person", "Ann Example", "--unit", "U1"), 1, "was not granted"),
        (("withdraw", "--person", "Ann Example", "--worker"), 1, "No worker's number"),
        (("withdraw", "--person", "Ann Example", "--worker", "--unit", "U"), 2, "one of them"),
        (("confirm", "--person", "Ann Example"), 1, "give it with --number"),
        (("end", "--why", "x"), 2, "one of them"),
        (("end", "--why", "x", "--session", "none"), 1, "There is no such session"),
        (("end", "--session", "none"), 2, "--why"),
        (("audit", "--what", "danced"), 2, "danced"),
        (("purge", "--before", "2199-01"), 1, "still to come"),
        (("verify", "--heads", "nowhere.txt"), 1, "nowhere.txt"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_status(ann, words, status, told):
    found, all_said = said(run("access", *words))
    assert found == status
    assert told in all_said


def test_an_unknown_unit_is_refused_with_those_that_there_are(database, ann):
    words = ("--person", "Ann Example", "--unit", "U9")
    status, told = said(run("access", "grant", "--database", database, *words))
    assert (status, told) == (1, "Error: There is no unit U9: the units are U1 (Unit 1).\n")


def test_who_says_what_somebody_may_see_and_why_not(database, ann):
    asked = ("who", "--database", database, "--person", "Ann Example")
    (row,) = rows(*asked)
    assert row["units"] is None
    assert row["why_no_unit"].startswith("You are signed in, and ChildStat has no role for you")
    run("access", "grant", "--person", "Ann Example", "--role", "director")
    (row,) = rows(*asked)
    assert (row["roles"], row["units"], row["names"]) == ("director", "*", True)
    assert row["acts"] == "chair, close, look_closer, note"


@pytest.fixture
def workers(tmp_path) -> str:
    """A case database in which Ann Example, in Unit U1, has the number SW123456."""
    world = workers_of_three_units()
    world.add("worker", worker_id="W3", name="Cy Example", registration_no="SW3")
    url = f"duckdb:///{tmp_path / 'workers.duckdb'}"
    with rebuild(url) as connection:
        for name in [name for name, found in world.rows.items() if found]:
            connection.execute(insert(metadata.tables[name]), world.of(name))
    return url


def test_who_somebody_is_among_the_workers_is_listed_and_confirmed(store, workers):
    begin(store, claims(swe_number=NUMBER), LIMITS, now())
    listed = ("confirm", "--database", workers)
    asked = ("access", *listed, "--person", "Ann Example")
    (row,) = rows(*listed)
    assert (row["number"], row["worker"]) == (NUMBER, "Ann Example, Unit U1")
    assert said(run(*asked)) == (
        0,
        "Ann Example (ann@example.org) is the worker with the number SW123456: Ann Example,"
        " Unit U1.\n",
    )
    assert rows(*listed) == []
    assert rows("list")[0]["confirmed"] == NUMBER
    assert "in place of the number SW123456" in said(run(*asked, "--number", "SW3"))[1]
    assert run("access", "withdraw", "--person", "Ann Example", "--worker").exit_code == 0
    assert [row["number"] for row in rows(*listed)] == [NUMBER]


def test_a_number_of_no_worker_is_refused_and_confirms_nobody(store, ann, workers):
    words = ("confirm", "--database", workers, "--person", "Ann Example", "--number", "12345")
    status, told = said(run("access", *words))
    assert status == 1
    assert "No worker in the case database has the number 12345: nothing was confirmed" in told
    assert confirmed_numbers(store) == {}


def test_whoever_holds_a_role_that_needs_a_worker_and_has_none_is_listed(store, workers):
    for subject, role in (
        ("carla", "ChildStat.Consultant"),
        ("sam", "ChildStat.SocialWorker"),
        ("dora", "ChildStat.Director"),
    ):
        begin(store, claims(role, subject=subject), LIMITS, now())
    found = rows("confirm", "--database", workers)
    assert [row["name"] for row in found] == ["Carla Example", "Sam Example"]
    run("access", "grant", "--person", "Dora Example", "--role", "consultant social worker")
    assert len(rows("confirm", "--database", workers)) == 3


def test_a_unit_is_given_and_taken_back_by_its_name(store, ann, workers):
    words = ("--database", workers, "--person", "Ann Example", "--unit", "unit u2")
    assert "has the unit U2 (Unit U2)." in said(run("access", "grant", *words))[1]
    assert "has the unit U2 no more" in said(run("access", "withdraw", *words))[1]


def test_the_last_who_may_administer_is_taken_back_with_the_way_to_another(store, ann):
    words = ("--person", "Ann Example", "--role", "administrator")
    run("access", "grant", *words)
    begin(store, claims("ChildStat.Administrator", subject="bob"), LIMITS, now())
    assert "Nobody can administer" not in said(run("access", "withdraw", *words))[1]
    run("access", "grant", *words)
    begin(store, claims(subject="bob"), LIMITS, now() + timedelta(minutes=1))
    done = run("access", "withdraw", *words)
    assert done.exit_code == 0
    assert "Nobody can administer now. 'access grant" in done.stderr


def test_open_sessions_are_listed_without_their_token_and_ended(store, ann):
    token, bob = begin(store, claims(subject="bob"), LIMITS, now())
    begin(store, claims(subject="bob"), LIMITS, now() - timedelta(hours=2))
    done = run("access", "sessions", "--format", "json")
    assert {row["id"] for row in json.loads(done.stdout)} == {ann.id, bob.id}
    assert token not in done.stdout
    words = ("--person", "Bob Example", "--why", "left the council")
    assert said(run("access", "end", *words)) == (0, "2 sessions have been ended.\n")
    ended = ("end", "--session", ann.id, "--why", "lost laptop")
    assert said(run("access", *ended)) == (0, "1 session has been ended.\n")
    assert rows("sessions") == []
    assert kinds(store)[-1][1].startswith("lost laptop, by ")
    begin(store, claims(), LIMITS, now())
    assert said(run("access", "end-all", "--why", "incident")) == (
        0,
        "1 session has been ended.\n",
    )


def test_the_audit_is_read_by_child_and_that_is_an_event(store, ann):
    note(store, Event(What.LISTED, person=ann.person, children=("K1", "K2"), rows=2))
    (row,) = rows("audit", "--child", "K1")
    assert (row["what"], row["name"], row["children"]) == ("listed", "Ann Example", 2)
    what, reason = kinds(store)[-1]
    assert (what, reason.split(";")[0]) == ("read the audit", "of the child K1")
    assert reason.endswith("on the command line")
    day = f"{now():%Y-%m-%d}"
    inside = rows("audit", "--what", "listed", "--since", day, "--until", day)
    assert len(inside) == 1


def test_more_events_than_are_shown_is_said(store, ann):
    note(store, *(Event(What.LISTED) for _ in range(3)))
    done = run("access", "audit", "--what", "listed", "--most", "2", "--format", "json")
    assert len(json.loads(done.stdout)) == 2
    assert "There are more: these are the newest 2." in done.stderr
    done = run("access", "audit", "--what", "listed", "--most", "3", "--format", "json")
    assert (len(json.loads(done.stdout)), done.stderr) == (3, "")


def test_what_is_given_to_a_subject_is_safe_to_open_in_a_spreadsheet(store):
    mallory = begin(store, claims(name="=HYPERLINK(1)"), LIMITS, now())[1]
    note(store, Event(What.OPENED_CHILD, person=mallory.person, children=("K1",), page="child"))
    done = run("access", "subject", "--child", "K1", "--format", "csv")
    assert done.exit_code == 0
    heading, line = done.stdout.splitlines()
    assert heading == "at,what,who,role,page,reason"
    assert ",'=HYPERLINK(1)," in line


def test_a_child_at_whom_nobody_has_looked_and_one_who_is_none_are_told_apart(database, store, ann):
    for command in ("subject", "audit"):
        status, told = said(run("access", command, "--database", database, "--child", "NOPE"))
        assert status == 1
        assert "No child has the number NOPE" in told
        done = run("access", command, "--database", database, "--child", "K1", "--format", "json")
        assert (done.exit_code, json.loads(done.stdout)) == (0, [])
        assert f"Nobody has looked at K1 since {day_of(now()):%d/%m/%Y}" in done.stderr
        status, told = said(run("access", command, "--database", database, "--child", "k1"))
        assert (status, "number is K1" in told) == (1, True)


def test_a_subject_s_events_come_with_the_word_to_read_the_reasons_first(store, ann):
    look = {"what": What.LOOKED_CLOSER, "person": ann.person, "children": ("K1",)}
    note(store, Event(**look, reason="cover for a colleague: her brother Tom is missing"))
    done = run("access", "subject", "--child", "K1", "--format", "json")
    assert json.loads(done.stdout)[0]["reason"].endswith("her brother Tom is missing")
    assert "Read the reasons before giving this out" in done.stderr


def test_reading_what_is_unusual_is_kept_with_the_days_asked_for_and_who_once(database, store):
    days = ("--since", "2026-10-01", "--until", "2026-10-25")
    run("access", "unusual", "--database", database, *days)
    what, reason = kinds(store)[-1]
    assert (what, reason.split(";")[0]) == ("read the audit", "unusual, 2026-10-01 to 2026-10-25")
    assert reason.count("command line") == 1


def test_what_is_unusual_is_listed(database, store, ann):
    look = {"what": What.LOOKED_CLOSER, "person": ann.person, "children": ("K1",)}
    note(store, Event(**look))
    found = rows("unusual", "--database", database)
    told = {(row["name"], row["what"]) for row in found}
    # Kit Example, whom Ann Example looked at, has her surname.
    assert told >= {
        ("Ann Example", "second looks with a reason"),
        ("Ann Example", "opened children of the same surname"),
    }


def test_a_whole_audit_is_said_and_a_broken_one_names_its_first_break(store, ann):
    status, told = said(run("access", "verify"))
    assert status == 0
    assert told.startswith("1 event, each as it was written. The last is 1, ")
    with store.begin() as connection:
        connection.execute(text("DROP TRIGGER access_event_update_refused"))
        connection.execute(text("UPDATE access_event SET person = 'q' WHERE number = 1"))
    status, told = said(run("access", "verify"))
    assert status == 1
    assert "The audit is broken. Event 1 was changed since it was written." in told
    assert run("access", "head").exit_code == 1


def test_a_head_that_was_kept_tells_what_was_cut_off(store, ann, tmp_path):
    note(store, Event(What.LISTED))
    file = tmp_path / "heads.txt"
    assert run("access", "head", "--to", str(file)).exit_code == 0
    assert run("access", "head").stdout == file.read_text(encoding="utf-8")
    assert run("access", "verify", "--heads", str(file)).exit_code == 0
    with store.begin() as connection:
        connection.execute(text("DROP TRIGGER access_event_delete_refused"))
        connection.execute(text("DELETE FROM access_event WHERE number = 2"))
    assert run("access", "verify").exit_code == 0
    status, told = said(run("access", "verify", "--heads", str(file)))
    assert status == 1
    assert "Event 2 and all after it were removed" in told


def test_months_are_purged_and_how_many_events_went_is_said(store, ann):
    long_ago = now() - timedelta(days=400)
    # Chained last, though of another year: only the chain's beginning is purged.
    note(store, Event(What.LISTED, at=long_ago))
    month = f"{now():%Y-%m}"
    assert "0 events before" in said(run("access", "purge", "--before", month))[1]

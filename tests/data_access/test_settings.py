"""Settings about visits: what stands in config.toml, and what a slip in it says."""

import pytest

from data_access.due.standards import STANDS_IN, standards
from data_access.problems import Problem
from data_access.settings import CONFIG, GENERAL, read_settings
from metrics.catalogue import CATALOGUE

WRITTEN = CONFIG.read_text(encoding="utf-8")


def read(tmp_path, before: str, after: str):
    assert before in WRITTEN
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN.replace(before, after, 1), encoding="utf-8")
    return read_settings(path)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("day_of_visit_counts_as = 0", "day_of_visit_counts_as = 2", "is 2; use one of 0, 1."),
        ('period = "weeks"', 'period = "fortnights"', "visit_standard.period is 'fortnights'"),
        ('phase = "first"', 'phase = "start"', "visit_standard.phase is 'start'; use one of"),
        ('kind = "CP"', 'kind = "CPP"', "visit_standard.kind is 'CPP'; use one of CIN, CP, CLA."),
        ("every = 4", "every = 0", "visit_standard.every is 0; use 1 or more."),
        (
            '[[visit_law]]\nkind = "CLA"\nlimb = "connected_person"',
            '[[visit_law]]\nkind = "CLA"\nlimb = "kin"',
            "visit_law.limb is 'kin'",
        ),
        ('name = "with parents on a care order"', 'nmae = "home"', "a section with wrong keys"),
        ("first_review_working_days = 20", "", "has no 'first_review_working_days'"),
    ],
)
def test_a_slip_in_the_sections_on_visits_is_one_sentence(tmp_path, before, after, said):
    with pytest.raises(Problem, match=".") as problem:
        read(tmp_path, before, after)
    assert said in str(problem.value)


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

"""Coverage counts what is covered, whichever of the two its companion counts."""

from metrics.catalogue import CATALOGUE
from metrics.model import Tally

LEFT_OUT = "left out"


def test_a_coverage_that_counts_what_is_left_out_is_told_as_what_is_covered():
    (coverage,) = CATALOGUE["still_at_home"].beside.coverage
    assert coverage.covered(Tally(19, 235)) == Tally(216, 235)
    (coverage,) = CATALOGUE["icpc_in_15_days"].beside.coverage
    assert coverage.covered(Tally(38, 40)) == Tally(38, 40)


def test_each_coverage_that_says_left_out_declares_that_it_counts_so():
    for metric in CATALOGUE.values():
        for coverage in metric.beside.coverage:
            assert coverage.counts_left_out == (LEFT_OUT in coverage.says), coverage.key
            assert coverage.counts_left_out == bool(coverage.covered_name), coverage.key

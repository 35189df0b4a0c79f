"""Each metric's count in plain loops, by its key."""

from collections.abc import Callable, Mapping

from tests.metrics.plain_clocks import reference as visits_out_of_timescale
from tests.metrics.test_caseload import reference as caseload
from tests.metrics.test_direct_work import reference as direct_work
from tests.metrics.test_distance_travelled import reference as distance_travelled
from tests.metrics.test_recorded_in_time import reference as recorded_in_time
from tests.metrics.test_sickness import reference as sickness
from tests.worlds import World

REFERENCES: Mapping[str, Callable[[World], list[dict]]] = {
    "caseload": caseload,
    "direct_work": direct_work,
    "sickness": sickness,
    "distance_travelled": distance_travelled,
    "visits_out_of_timescale": visits_out_of_timescale,
    "recorded_in_time": recorded_in_time,
}

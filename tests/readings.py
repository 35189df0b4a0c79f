"""Charts of any months that can be: with gaps, few, constant, rebased, not over."""

from hypothesis import strategies as st

from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import ChartReading, Latest
from metrics.spc.charting import ChartRequest

LAST = Period(2016, 9)
FACTS = st.builds(
    ValueTraits,
    st.sampled_from(Kind),
    st.sampled_from(Polarity),
    st.sampled_from([1.0, 100.0]),
    st.sampled_from([None, 0.0]),
    st.sampled_from([None, 100.0]),
)
MONTH = st.one_of(
    st.none(),
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.just((3, 12)),
)


@st.composite
def readings(draw) -> ChartReading:
    tallies = [None if one is None else Tally(*one) for one in draw(st.lists(MONTH, max_size=30))]
    months = LAST.run_up(len(tallies))
    rebased = draw(st.lists(st.sampled_from(months), max_size=2)) if months else []
    asked = ChartRequest(
        Polarity.NEITHER,
        draw(st.sampled_from([None, 0.0, 25.0])),
        tuple(rebased),
        draw(st.sampled_from([one for one in Latest if one is not Latest.MISSING])),
    )
    return chart_of(months, tallies, draw(FACTS), asked)

"""How the large chart is laid out: its edges, its months' names, its scale."""

from datetime import timedelta

from charts.palette import FONT, GRID, LINE, QUIET, WHITE
from charts.trend.edge_words import Ends
from charts.trend.month_lines import day_of
from charts.trend.new_month import TEXT
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading

BOTTOM = 44
MONTHS_NAMED_BY_QUARTER = 18


def quiet_layout(reading: ChartReading, result: Result, ends: Ends, top: int, plot: int) -> dict:
    """So many pixels above the plot and of it: months named where there is room, no more lines."""
    days = [day_of(point) for point in reading.points]
    apart = months_between(len(days)) if reading.is_joined else 1
    ticks = days[::-apart][::-1]
    return {
        "height": top + plot + BOTTOM,
        "margin": {"l": 70, "r": 150, "t": top, "b": BOTTOM},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "font": {"family": FONT, "size": TEXT, "color": QUIET},
        "xaxis": {
            "showgrid": False,
            "tickvals": ticks,
            "ticktext": [f"{day:%b %y}" for day in ticks],
            "range": [days[0] - timedelta(days=12), days[-1] + timedelta(days=12)],
            "linecolor": LINE,
            "fixedrange": True,
        },
        "yaxis": {
            "gridcolor": GRID,
            "zerolinecolor": LINE,
            "range": [ends.low, ends.high],
            "ticksuffix": "%" if result.metric.measure.is_share else "",
            "nticks": 6,
            "fixedrange": True,
        },
    }


def months_between(months: int) -> int:
    """So that the names of months never stand closer than they are long."""
    return 3 if months <= MONTHS_NAMED_BY_QUARTER else 6

"""How values of no metric are written: as many decimals as their range needs."""

from math import floor, log10

from metrics.model import round_half_up, with_minus
from metrics.spc.chart_reading import ChartReading
from metrics.spc.words import NOT_KNOWN, Write

DIGITS, DECIMALS_AT_MOST = 2, 9


def plain_writer(reading: ChartReading) -> Write:
    """For values of no metric: as many decimals as the range needs, thin separators, real minus."""
    known = [point.value for point in reading.points if point.value is not None]
    low, high = reading.usual or (min(known, default=0), max(known, default=0))
    width = high - low or abs(high) or 1
    decimals = min(max(0, DIGITS - floor(log10(width))), DECIMALS_AT_MOST)

    def write(value: float | None) -> str:
        if value is None:
            return NOT_KNOWN
        whole, _, rest = f"{round_half_up(value, decimals):,f}".partition(".")
        fraction = rest.rstrip("0")
        written = f"{whole}.{fraction}" if fraction else whole
        return with_minus(written).replace(",", "\u2009")

    return write

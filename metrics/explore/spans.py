"""Which months a figure is made of: one, a quarter, a financial year, or the last twelve."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from metrics.model import Period

APRIL = 4
MONTHS_OF_A_YEAR, MONTHS_OF_A_QUARTER = 12, 3
SHOWN_AT_MOST = 36


class Over(Enum):
    """Over which months: as addresses call it, and as people do."""

    MONTH = ("month", "month")
    QUARTER = ("quarter", "quarter")
    YEAR = ("year", "financial year")
    TWELVE = ("twelve", "rolling twelve months")

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Span:
    """A run of months, both ends included; `whole` is the last month that would make it whole."""

    over: Over
    first: Period
    last: Period
    whole: Period

    @property
    def months(self) -> list[Period]:
        return self.last.run_up(self.last.months_after(self.first) + 1)

    @property
    def is_whole(self) -> bool:
        return self.last == self.whole

    def shift(self, months: int) -> "Span":
        """As many months, earlier or later: so that a part of a year is set beside such a part."""
        return Span(
            self.over,
            self.first.shift(months),
            self.last.shift(months),
            self.whole.shift(months) if self.is_whole else self.last.shift(months),
        )

    def __str__(self) -> str:
        if self.over is Over.MONTH:
            return str(self.last)
        if self.over is Over.TWELVE:
            return f"twelve months to {self.last}"
        months = months_words(self.first, self.last)
        if _back_and_length(self.over, self.first)[0]:
            return months  # Moved by other than its length, it is no quarter or year.
        year = _financial_year(self.first)
        if self.over is Over.YEAR:
            return f"{year} ({months})"
        return f"{months} (Q{_month_of_year(self.first) // MONTHS_OF_A_QUARTER + 1} {year})"


def span_of(over: Over, month: Period, latest: Period) -> Span:
    """The span with `month` in it; the months after `latest`, the last complete one, are not yet.

    Quarters and years begin with April, as councils' do; the twelve months end with `month`.
    """
    back, length = _back_and_length(over, month)
    first = month.shift(-back)
    whole = first.shift(length - 1)
    return Span(over, first, min(whole, max(month, latest)), whole)


def spans_up_to(span: Span, known: Sequence[Period]) -> list[Span]:
    """The spans of one kind that end with this one, oldest first, from the first known month.

    The first is a part where the data begin within it; twelve months are there only whole.
    """
    steps = 1 if span.over in (Over.MONTH, Over.TWELVE) else _length(span.over)
    latest, begins = span.last, known[0]
    if span.over is Over.TWELVE:
        begins = begins.shift(MONTHS_OF_A_YEAR - 1)
    count = max(latest.months_after(begins), 0) // steps + 2
    spans = [
        span_of(span.over, span.last.shift(-steps * back), latest)
        for back in reversed(range(count))
    ]
    return [one for one in spans if one.last >= begins][-SHOWN_AT_MOST:] or [span]


def _back_and_length(over: Over, month: Period) -> tuple[int, int]:
    if over is Over.QUARTER:
        return _month_of_year(month) % MONTHS_OF_A_QUARTER, MONTHS_OF_A_QUARTER
    if over is Over.YEAR:
        return _month_of_year(month), MONTHS_OF_A_YEAR
    return _length(over) - 1, _length(over)


def _length(over: Over) -> int:
    lengths = {Over.MONTH: 1, Over.QUARTER: MONTHS_OF_A_QUARTER}
    return lengths.get(over, MONTHS_OF_A_YEAR)


def _month_of_year(month: Period) -> int:
    """0 for April, 11 for March."""
    return (month.month - APRIL) % MONTHS_OF_A_YEAR


def _financial_year(month: Period) -> str:
    begins = month.shift(-_month_of_year(month)).year
    return f"{begins}/{(begins + 1) % 100:02d}"


def months_words(first: Period, last: Period) -> str:
    """A run of months by its ends: "April to October 2016"; one month by itself."""
    if first == last:
        return str(first)
    begins = f"{first.start:%B}" if first.year == last.year else str(first)
    return f"{begins} to {last}"

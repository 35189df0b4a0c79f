"""The DfE's annual sickness rate from a workforce census return, or why it is not given."""

from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date

from loading.sources.reading import WARNING, Issue
from loading.sources.workforce_cells import ReturnedWorker
from metrics.writing import several

WORKING_DAYS_A_YEAR = 253
# A year has at most so many days from Monday to Friday.
MOST_DAYS_LOST = 262
RANGES = {"WorkingDaysLost": (0, MOST_DAYS_LOST), "FTE": (0, 1)}
_COUNTED = (*RANGES, "RoleEndDate", "AgencyWorker")


def published_sickness(
    workers: Sequence[ReturnedWorker], year_end: date, issues: list[Issue]
) -> dict[str, object]:
    """The DfE's annual rate: days lost to sickness ÷ (year-end FTE × 253, or 254 in a leap year).

    Agency workers are left out, as the DfE leaves them out. No rate where nobody has an FTE, or
    where any of the numbers is wrong: `issues` are told which. The year is the one that ends with
    `year_end`; it is a leap year if its 29 February lies in it.
    """
    own = [worker for worker in workers if not worker.values["AgencyWorker"]]
    wrong = [issue for worker in own for issue in _wrong(worker)]
    issues.extend(wrong or _without_days(own))
    lost = sum(worker.values["WorkingDaysLost"] or 0.0 for worker in own)
    fte = sum(worker.values["FTE"] or 0.0 for worker in own if worker.values["RoleEndDate"] is None)
    if wrong or fte == 0:
        return {}
    days = WORKING_DAYS_A_YEAR + isleap(year_end.year)
    label = (
        f"DfE annual rate, year to {year_end.day} {year_end:%B %Y}: days lost ÷ (year-end FTE ×"
        f" {days})"
    )
    return {
        "annual_sickness": {
            "label": label,
            "numerator": lost,
            "denominator": fte * days,
            "year_end": year_end.isoformat(),
        }
    }


def _wrong(worker: ReturnedWorker) -> Iterator[Issue]:
    for tag in _COUNTED:
        if tag in worker.refused:
            yield _no_rate(worker, worker.refused[tag])
    for tag, (lowest, highest) in RANGES.items():
        value = worker.values[tag]
        if value is not None and not lowest <= value <= highest:
            yield _no_rate(worker, f"{tag} is {value:g}, and goes from {lowest} to {highest}")


def _no_rate(worker: ReturnedWorker, why: str) -> Issue:
    message = (
        f"{worker.where}: {why}; the DfE's annual sickness rate is not given. Correct the return."
    )
    return Issue("annual_rate_in_doubt", "worker", None, WARNING, message)


def _without_days(own: Sequence[ReturnedWorker]) -> list[Issue]:
    without = [worker for worker in own if worker.values["WorkingDaysLost"] is None]
    if not without:
        return []
    message = (
        f"{without[0].where}: no WorkingDaysLost, as for {len(without)} of"
        f" {several(len(own), 'worker')}; that counts as no day lost in the DfE's annual"
        " sickness"
        " rate. Enter 0 where it was none."
    )
    return [Issue("annual_rate_in_doubt", "worker", None, WARNING, message)]

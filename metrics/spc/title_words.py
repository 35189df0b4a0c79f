"""What is to be noticed of a figure, in the few words that a title has room for."""

from metrics.signs import Sign
from metrics.spc.chart_reading import Assurance, ChartReading, Latest, Rule
from metrics.spc.size import turned
from metrics.spc.words import NOT_GOOD_ENOUGH, Write

LEGEND_OF_AIMS = {
    Assurance.PASS: "target met",
    Assurance.HIT_OR_MISS: "hit or miss",
    Assurance.FAIL: "not met without change",
}
AIM_SIGNS = {
    Assurance.PASS: Sign.TARGET_MET,
    Assurance.HIT_OR_MISS: Sign.TARGET_HIT_OR_MISS,
    Assurance.FAIL: Sign.TARGET_NOT_MET,
}


def noticed(reading: ChartReading, write: Write) -> str:
    """As in "above the usual range", to follow the value; nothing where nothing is unusual."""
    judged = reading.judged
    last = judged.last
    if last is None or judged.latest is not Latest.COMPLETE:
        return ""
    if judged.mark and last.rule:
        turn = turned(judged)
        lately = f", lately {'falling' if turn.is_down else 'rising'}" if turn else ""
        return _by_rule(last.rule, bool(last.is_high), judged.run, lately)
    if reading.assurance is Assurance.FAIL:
        as_usual = NOT_GOOD_ENOUGH[0].lower() + NOT_GOOD_ENOUGH[1:]
        return f"{as_usual}: target {write(reading.target)}"
    return ""


def _by_rule(rule: Rule, is_high: bool, months: int, lately: str) -> str:
    if rule is Rule.OUTSIDE:
        return f"{'above' if is_high else 'below'} the usual range"
    if rule is Rule.TREND:
        return f"{'rising' if is_high else 'falling'} for {months} months"
    if rule is Rule.SHIFT:
        return f"{months} months {'above' if is_high else 'below'} the mean{lately}"
    return f"near the {'top' if is_high else 'bottom'} of the usual range"

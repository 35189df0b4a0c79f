"""Why a family is proposed for a unit, or for none, in one sentence: facts that are recorded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data_access.code_sets.children import FACTOR
from metrics.segments.judging import NO_FACTOR, OTHER_FACTORS, Outcome
from metrics.segments.rules import Rules

MEANS = {one.code: one.means for one in FACTOR.codes}
# More of what excludes a unit would be a list in a sentence; the rules' own table has them all.
MOST_NAMED = 2
NO_UNIT, NOT_YET = "no unit", "not assessed yet"
NOT_ASSESSED = "Not assessed yet: no assessment of these children is authorised."


def factor_words(code: str) -> str:
    """A factor as the census calls it, with its code: "neglect (16A)"."""
    return f"{MEANS[code]} ({code})" if code in MEANS else code


def factors_told(codes: Iterable[str], rules: Rules) -> str:
    """All factors of a family; those that no rule names are marked, and never dropped."""
    words = [
        factor_words(code) + ("" if code in rules.named else ", not in the rules") for code in codes
    ]
    return "; ".join(words) or "none"


def unit_told(unit_id: str, units: Mapping[str, str], not_there: Mapping[str, str]) -> str:
    """A unit of the rules by name, and why no family can go there, if none can."""
    name, why_not = units.get(unit_id, unit_id), not_there.get(unit_id)
    return f"{name}, {why_not}" if why_not else name


def why(row: Any, rules: Rules, units: Mapping[str, str]) -> str:
    """The sentence of one row of `proposals`; `units` are names by id."""
    if row.outcome == Outcome.NOT_ASSESSED:
        return NOT_ASSESSED
    beside = json.loads(row.beside)
    if row.outcome == Outcome.FITS:
        return _fits(beside[0], rules, units)
    if not beside:
        return f"No unit: {_nothing_met(row.state)}."
    return f"No unit: {'; '.join(_against(one, rules, units) for one in beside)}."


def _fits(one: Mapping[str, Any], rules: Rules, units: Mapping[str, str]) -> str:
    rule = next((rule for rule in rules.rules if rule.unit == one["unit"]), None)
    without = rules.groups_of(rule.without) if rule else ()
    name = _unit(one, units)
    nothing = f"no {_listed(without, 'or')} is recorded"
    if len(without) > MOST_NAMED:
        nothing = f"nothing that excludes {name} is recorded"
    said = f"{name}: {_listed(map(factor_words, one['met']))}"
    return f"{said}; {nothing}." if without else f"{said}."


def _nothing_met(reason: str) -> str:
    said = {NO_FACTOR: "no factor is recorded", OTHER_FACTORS: "no rule names what is recorded"}
    return said.get(reason, reason)


def _against(one: Mapping[str, Any], rules: Rules, units: Mapping[str, str]) -> str:
    """What speaks against one rule of which something is met, as the record has it."""
    name = _unit(one, units)
    said = []
    if one["excluded_by"]:
        by = rules.groups_of(one["excluded_by"])
        said.append(f"{_listed(by)} {'exclude' if len(by) > 1 else 'excludes'} {name}")
    if one["missing"]:
        said.append(f"{name} needs {_listed(one['missing'])}, and none is recorded")
    if one["age_from"]:
        said.append(f"{name} is for a child who was {one['age_from']} or over when assessed")
        # What was derived before this was kept doesn't say it.
        if one.get("born_unknown"):
            said[-1] += ", which nobody knows, as a birth date is missing"
    return "; ".join(said)


def _unit(one: Mapping[str, Any], units: Mapping[str, str]) -> str:
    return units.get(one["unit"], one["unit"])


def _listed(words: Iterable[str], last: str = "and") -> str:
    every: Sequence[str] = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {last} {every[-1]}"


def ages_told(written: str) -> str:
    """The ages of a family's open children, eldest first: "9 and 3", "not known"."""
    ages = json.loads(written)
    return _listed("age not known" if age is None else str(age) for age in ages)

"""Which early help families had before they were referred, and which services they are given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.days import DATA_TO, known
from loading.demo.tables import table_frame

_SHARE_HELPED_BEFORE = 0.34
_BEFORE = (40, 500)
_HELP = {
    ("Family support", "Children's centre"): 45.0,
    ("Team around the family", "School"): 30.0,
    ("Targeted youth support", "Youth service"): 15.0,
    ("Health visiting plus", "Health visitor"): 10.0,
}
_HELP_ENDS = {"stepped_up": 60.0, "completed": 18.0, "family_ended": 16.0, None: 6.0}
_SHARE_SERVED = 0.42
_SERVICES = {
    ("Parenting course", "Parenting", "Family hub"): 34.0,
    ("Domestic abuse programme", "Domestic abuse", "Domestic abuse service"): 26.0,
    ("Drug and alcohol treatment", "Substance misuse", "Recovery partnership"): 20.0,
    ("Family group conference", "Family meetings", "Family meetings team"): 20.0,
}
_OF_ONE_CHILD = {
    ("Counselling in school", "Emotional health", "School counselling"): 60.0,
    ("Mentoring", "Youth work", "Youth service"): 40.0,
}
_SHARE_OF_ONE_CHILD = 0.3
_SERVICE_ENDS = {
    "completed": 58.0,
    "family_ended": 24.0,
    "provider_ended": 6.0,
    "moved": 4.0,
    None: 8.0,
}
_SHORTEST, _MEAN_DAYS = 30, 110
_MOST_AT_A_TIME = 2


@dataclass(frozen=True)
class Spell:
    """A help or service of a family, or of one of its children, [started, ended)."""

    child_id: str | None
    family_id: str | None
    words: tuple[str, ...]
    started: int
    ended: int
    end_reason: str | None

    @property
    def row(self) -> tuple[object, ...]:
        """Its columns after the id; an end after the last day is not known yet, nor why."""
        ended = known(self.ended)
        why = None if ended is None else self.end_reason
        return (self.child_id, self.family_id, *self.words, self.started, ended, why)


def help_frames(referred: Iterable[FamilyReferral]) -> dict[str, pd.DataFrame]:
    """Tables `early_help` and `intervention`, in the order of the referrals."""
    every = list(referred)
    told = {
        schema.early_help: ("EH", _early_help(every)),
        schema.intervention: ("IV", _interventions(every)),
    }
    return {
        table.name: table_frame(
            table, [(f"{letters}{n:05}", *one.row) for n, one in enumerate(spells, start=1)]
        )
        for table, (letters, spells) in told.items()
    }


def _early_help(referred: list[FamilyReferral]) -> Iterator[Spell]:
    """Once before a family's first referral; what was stepped up ends on the day of that."""
    chance, seen = Chance("early help"), set()
    for referral in referred:
        family_id = referral.family.family_id
        if family_id in seen:
            continue
        seen.add(family_id)
        began = referral.received - chance.between(*_BEFORE)
        words, why = chance.weighted(_HELP), chance.weighted(_HELP_ENDS)
        share = chance.share()
        ended = began + int(share * (referral.received - began))
        if chance.happens(_SHARE_HELPED_BEFORE):
            last = referral.received if why == "stepped_up" else max(ended, began + 1)
            yield Spell(None, family_id, words, began, last, why)


def _interventions(referred: list[FamilyReferral]) -> Iterator[Spell]:
    """Of each assessed referral up to two services, begun while the case is open."""
    chance = Chance("services")
    for referral in referred:
        if referral.assessed is None:
            continue
        for _ in range(_MOST_AT_A_TIME):
            one = _service(chance, referral, referral.assessed)
            if chance.happens(_SHARE_SERVED) and one.started <= min(DATA_TO, referral.closed):
                yield one


def _service(chance: Chance, referral: FamilyReferral, assessed: int) -> Spell:
    is_of_one = chance.happens(_SHARE_OF_ONE_CHILD)
    child_id = chance.one_of(referral.children).child_id
    words = chance.weighted(_OF_ONE_CHILD if is_of_one else _SERVICES)
    started = assessed + chance.between(7, 200)
    ended = started + _SHORTEST + chance.waiting(_MEAN_DAYS)
    family_id = None if is_of_one else referral.family.family_id
    why = chance.weighted(_SERVICE_ENDS)
    return Spell(child_id if is_of_one else None, family_id, words, started, ended, why)

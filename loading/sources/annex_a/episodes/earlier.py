"""What the rows read so far have made: ids, plans, visits, and referrals that may be closed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from loading.sources.reading import WARNING, Gathering, Issue


@dataclass
class EarlierRows:
    """Visits and reviews by child and day, referrals by child, and which an
    episode is of already.
    """

    visits: dict[tuple[str, date], dict] = field(default_factory=dict)
    reviews: set[tuple[str, str, date]] = field(default_factory=set)
    referrals: dict[str, list[dict]] = field(default_factory=dict)
    of_an_episode: set[str] = field(default_factory=set)
    _ids: Counter[str] = field(default_factory=Counter)
    _made: dict[str, dict] = field(default_factory=dict)

    def own_id(self, made_of: str) -> str:
        """An id made of child and day; a second of that child and day has "-2" after it."""
        self._ids[made_of] += 1
        number = self._ids[made_of]
        return made_of if number == 1 else f"{made_of}-{number}"

    def offer_plan(self, gathering: Gathering, **plan: object) -> None:
        """Keeps a plan; of rows of one child, kind and start the first, and says if they differ."""
        first = self._made.setdefault(str(plan["plan_id"]), plan)
        if first is plan:
            gathering.offer("plan", **plan)
        elif _facts(first) == _facts(plan):
            gathering.pass_over("plan", "the same plan, in another row")
        else:
            gathering.leave_out("plan", _differ(plan, first))

    def offer_placement(self, gathering: Gathering, **placement: object) -> None:
        """Keeps a placement once, and another of the same child and day beside it."""
        made_of = str(placement["placement_id"])
        first = self._made.setdefault(f"{made_of}: {_facts(placement)}", placement)
        if first is placement:
            gathering.offer("placement", **{**placement, "placement_id": self.own_id(made_of)})
        else:
            gathering.pass_over("placement", "the same placement, in another row")

    def offer_visit(self, gathering: Gathering, **visit: Any) -> None:
        """Keeps a visit, once for a child and day; whom another list has as seen was seen.

        A visit of another kind is none that an attempt could be, and stays beside it.
        """
        whose = visit["child_id"], visit["visited_on"]
        first = self.visits.get(whose)
        seen = visit.setdefault("seen", None)
        tried = first is not None and first["seen"] is False
        if first is None or (tried and seen is None and visit["kind"] != first["kind"]):
            gathering.offer("visit", **visit)
            self.visits[whose] = gathering.rows["visit"][-1]
            return
        gathering.pass_over("visit", "the same visit, in another list")
        if tried and seen:
            first.update(seen=True, seen_alone=visit.get("seen_alone"))
            gathering.issues.append(_seen_elsewhere(visit, first))

    def referrals_before(self, row: dict) -> list[dict]:
        """The child's accepted referrals received by the day on which the row starts, by day."""
        referrals = [
            referral
            for referral in self.referrals.get(row["child_id"], [])
            if referral["received_on"] <= row["started_on"] and not referral["no_further_action"]
        ]
        return sorted(referrals, key=lambda referral: referral["received_on"])

    def led_to(self, row: dict) -> str | None:
        """The latest of them, if any was."""
        before = self.referrals_before(row)
        return before[-1]["referral_id"] if before else None

    def take_referrals(self, row: dict, same_start_to_come: int) -> list[dict]:
        """The referrals that led to this episode: of the latest day that no other episode is of.

        Where more episodes of the same start are to come, one: each has its own closure. The last
        of them takes all that are left of that day, as a child whose case is closed is not open.
        """
        free = [
            referral
            for referral in self.referrals_before(row)
            if referral["referral_id"] not in self.of_an_episode
        ]
        of_the_day = [one for one in free if one["received_on"] == free[-1]["received_on"]]
        taken = of_the_day[:1] if same_start_to_come else of_the_day
        self.of_an_episode.update(referral["referral_id"] for referral in taken)
        return taken


def key_of_row(row: dict, letter: str, day: date) -> str:
    """An id of the row's child and a day of it, with a letter for what it is the id of."""
    return f"{row['child_id']}-{letter}-{day:%Y%m%d}"


def _facts(made: dict) -> dict:
    return {key: value for key, value in made.items() if key != "found_at"}


def _seen_elsewhere(visit: dict, first: dict) -> Issue:
    return Issue(
        "visits_at_odds",
        "visit",
        first["visit_id"],
        WARNING,
        f"{visit['found_at']}: the child was seen on that day, and by {first['found_at']} was not"
        " seen at the visit of the same day: the child counts as seen. Correct the row that is"
        " wrong.",
    )


def _differ(plan: dict, first: dict) -> Issue:
    end = first["ended_on"]
    until = f"ended on {end.day} {end:%B %Y}" if end else "has not ended"
    return Issue(
        "plan_rows_disagree",
        "plan",
        plan["plan_id"],
        WARNING,
        f"{plan['found_at']}: {first['found_at']} gives the same plan otherwise, and is kept: it"
        f" {until}. Correct the wrong row, or take it out.",
    )

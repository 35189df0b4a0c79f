"""Which team a name in a list means: its id, made of the name."""

import re

from loading.names.spelling import short_digest, spelled, without_accents

# They part words, and which of them does is no part of the name. Any other sign is: "Team 1+".
_PARTS_WORDS = re.compile(r"[ ,.'’/&()\[\]:;_|\"“”«»-]+")


def unit_id_of(team: str) -> str:
    """A team's id: "Locality 4, Unit 2" is locality-4-unit-2, however its words are parted.

    Where small English letters and figures can't say the name ("Équipe 1", "Team 1+"), a digest of
    it follows after a "_", which no other id has: so teams in any script stay apart.
    """
    name = _PARTS_WORDS.sub("-", spelled(team)).strip("-")
    if re.fullmatch(r"[a-z0-9-]+", name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(name)).strip("-") or "team"
    return f"{plain}_{short_digest(name)}"

"""Tests have a council of their own, in whatever they start: no settings of this machine's."""

import os
from pathlib import Path

COUNCIL = Path(__file__).with_name("council.toml")
RULES = COUNCIL.with_name("segments.toml")

for name in ("CHILDSTAT_DATABASE", "CHILDSTAT_MEETING_STORE", "CHILDSTAT_ACCESS_STORE"):
    os.environ.pop(name, None)
os.environ["CHILDSTAT_CONFIG"] = str(COUNCIL)

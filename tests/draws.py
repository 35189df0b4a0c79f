"""How many examples Hypothesis draws: a part of them at every run, many when thorough."""

from math import ceil

from hypothesis import settings

SHARE = {"thorough": 5.0}
ORDINARY = 0.3


def draws(examples: int = 40) -> settings:
    """So many examples, times the share that this run takes of each test's."""
    share = SHARE.get(settings.get_current_profile_name(), ORDINARY)
    return settings(settings.get_profile("oracle"), max_examples=ceil(examples * share))

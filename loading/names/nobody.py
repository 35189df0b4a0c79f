"""Which words in a name's place mean that nobody is there: a council lists them in its settings."""

from collections.abc import Collection
from functools import lru_cache

from loading.names.spelling import bare
from loading.names.worker_names import worker_name


def means_nobody(written: str, words: Collection[str]) -> bool:
    """Whether a name is one of `words`, whole: "UNALLOCATED", "Worker, Duty" and "Vacant (0042)".

    Signs alone ("?", "---") are no name either. Whoever has a registration number is somebody.
    """
    if not bare(written):
        return True
    forms = _forms(tuple(words))
    name = worker_name(written)
    return bare(written) in forms or (bare(name.words) in forms and not name.registration_no)


def could_mean_nobody(written: str, words: Collection[str]) -> bool:
    """Whether a name that is none of `words` begins or ends with one: "Vacant - post 3"."""
    if means_nobody(written, words):
        return False
    name = f" {bare(written)} "
    forms = _forms(tuple(words))
    return any(name.startswith(f" {one} ") or name.endswith(f" {one} ") for one in forms)


@lru_cache(maxsize=16)
def _forms(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(bare, words)))

"""What is said of names: joined, only alike, nobody's. Never the name of anybody who works."""

from collections.abc import Iterable

from loading.sources.reading import WARNING, Issue

# Of who holds whom, whichever table names them: a later census must not end what is said of them.
TABLE = "allocation"
ONE_WORKER = (
    "{places}: one worker's name in {number} spellings, which differ by capitals, by how accents,"
    " apostrophes or hyphens are written, a title, a number or 'Surname, First'; they count as one"
    " worker. Nothing to do if they are."
)
ONE_NUMBER = (
    "{places}: {number} names with one registration number; they count as one worker. If they are"
    " not, correct the number."
)
ONE_TEAM = "{places}: {spellings} count as one team. If they are not, give each a name of its own."
ALIKE_WORKERS = (
    "{places}: two workers' names are nearly the same, and they count as two. If they are one,"
    " write the name in one way."
)
ALIKE_IN_SOURCES = (
    "{places}: two workers' names are the same or nearly so, and they count as two, as nothing else"
    " says that they are one. 'python childstat.py workers list' asks which."
)
ONE_STAFF_NUMBER = (
    "{places}: two workers have one staff number, and another name or registration number; they"
    " count as two. Correct the number; or 'python childstat.py workers list' asks which they are."
)
ONE_ID = (
    "{places}: {ids} by two sources to workers whose registration numbers or names are not one"
    " person's, and each counts as one worker, with the posts and children of both. If they are"
    " two, give one source other ids; if they are one, correct the number or name; then load all"
    " sources anew."
)
ALIKE_TEAMS = (
    "{places}: {spellings} look the same but for accents, and count as two teams. If they are"
    " one, write the name in one way."
)
NOBODY = (
    "{places}: '{word}' in place of a {what} means nobody ([loading] nobody in the settings): so"
    " in {rows}, of {children}."
)
NOBODY_GIVEN = (
    "{places}: worker {worker_id} is named '{word}', which means nobody ([loading] nobody in the"
    " settings): {rows}."
)
PERHAPS_NOBODY = (
    "{places}: the worker's name begins or ends as nobody's does, and counts as a worker's. If it"
    " is nobody's, add the whole of it to nobody under [loading] in the settings."
)
MOST_PLACES = 4


def said(rule: str, words: str, key: str | None, places: Iterable[str], **more: object) -> Issue:
    """An issue of `words`, with the first of the places where what it speaks of stands."""
    found = list(places)
    others = len(found) - MOST_PLACES
    and_more = f" and {others} more" if others > 0 else ""
    listed = "; ".join(found[:MOST_PLACES]) + and_more
    return Issue(rule, TABLE, key, WARNING, words.format(places=listed, **more))


def key_of_two(one: str, other: str) -> str:
    """The key under which something is said of two workers, by which it is known again."""
    return f"{one}+{other}"


def perhaps_nobody(key: str | None, places: Iterable[str]) -> Issue:
    """That a worker's name could mean nobody, and is not among the words that do."""
    return said("nobody_in_doubt", PERHAPS_NOBODY, key, places)

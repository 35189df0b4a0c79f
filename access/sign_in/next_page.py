"""Where somebody goes once signed in: a page of ours, whatever the address asks for."""

from urllib.parse import urlsplit

from access.gate.places import Place, place_of

HOME = "/"
# More, and the cookie of the attempt is longer than browsers keep: nobody could sign in.
LETTERS_OF_AN_ADDRESS = 1000


def next_page(wanted: str | None) -> str:
    """The page that was wanted; the first page for what is none, or would leave this server.

    Browsers read "\\" as "/", which no page's path has, and leave control characters out.
    """
    if not wanted or not wanted.isascii() or not wanted.isprintable():
        return HOME
    if len(wanted) > LETTERS_OF_AN_ADDRESS:
        return HOME
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//"):
        return HOME
    return wanted if place_of(parts.path) is Place.PAGE else HOME

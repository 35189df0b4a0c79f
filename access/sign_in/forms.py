"""What is posted to the few addresses that take anything: never much."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

BYTES_OF_A_FORM = 100_000
FIELDS = 20


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; none of one that is too long, of which no more is read."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BYTES_OF_A_FORM:
            return {}
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), max_num_fields=FIELDS))
    except ValueError:
        return {}

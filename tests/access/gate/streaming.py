"""A browser's websocket to a served ChildStat, spoken by hand: what is refused, what is sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SECONDS = 30


@dataclass(frozen=True)
class Drawn:
    """One run of a page: Streamlit's id of the tab, and all that stands on it."""

    tab: str
    html: str


@contextmanager
def listening(
    port: int, headers: Mapping[str, str], origin: str | None, resumes: str = ""
) -> Iterator[ClientConnection]:
    """An open websocket, asked for under the name "localhost". `resumes` is the id of a tab."""
    # As Streamlit's script does: the token that it has none of, and the tab to be taken up.
    asked = ["streamlit", "none", resumes] if resumes else ["streamlit"]
    with connect(
        f"ws://localhost:{port}/_stcore/stream",
        subprotocols=[Subprotocol(one) for one in asked],
        origin=None if origin is None else Origin(origin),
        additional_headers=dict(headers),
        max_size=None,
        proxy=None,
    ) as socket:
        yield socket


def status_of(port: int, headers: Mapping[str, str], origin: str | None) -> int:
    """What the server answers to whoever wants to listen: 101 is yes."""
    try:
        with listening(port, headers, origin):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def draw(socket: ClientConnection, page: str, query: str = "") -> Drawn:
    """Asks for a page, and hears it to its end."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    socket.send(message.SerializeToString())
    tab, html = "", []
    while True:
        said = ForwardMsg.FromString(socket.recv(SECONDS, decode=False))
        if said.HasField("new_session"):
            tab = said.new_session.initialize.session_id
        if said.HasField("delta"):
            html.append(said.delta.new_element.html.body)
        if said.WhichOneof("type") == "script_finished" and html:
            return Drawn(tab, "".join(html))


def asked(port: int, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """What the server answers to a request, redirects not followed."""
    connection = HTTPConnection("localhost", port, timeout=SECONDS)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer

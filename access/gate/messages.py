"""What a browser and Streamlit say to each other, as far as the gate has to understand it."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# What pages need. Others would clear everybody's cache, ask for room for a file, read git's log.
LET_THROUGH = {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"}
FILE_TO_BE_MADE = "deferred_file"


class NotUnderstood(Exception):
    """These bytes are no message of Streamlit's."""


def read(data: bytes) -> BackMsg:
    try:
        return BackMsg.FromString(data)
    except DecodeError as wrong:
        raise NotUnderstood from wrong


def may_pass(message: BackMsg) -> bool:
    """Whether a page can need it."""
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") == FILE_TO_BE_MADE
    return kind in LET_THROUGH


def is_by_a_person(message: BackMsg) -> bool:
    """Whether somebody clicked or wrote. A page that runs again by itself is nobody's doing."""
    kind = message.WhichOneof("type")
    if kind == "rerun_script":
        return not message.rerun_script.is_auto_rerun
    return kind in ("stop_script", "backend_operation_request")


def leave_for(path: str) -> bytes:
    """The message on which a browser leaves its page, and all that is on it, for a path."""
    message = ForwardMsg()
    message.auth_redirect.url = path
    return message.SerializeToString()


def file_wanted(message: BackMsg) -> str | None:
    """The id of the file that is to be made now; None where a message wants none."""
    if message.WhichOneof("type") != "backend_operation_request":
        return None
    return message.backend_operation_request.deferred_file.file_id


def file_offered(data: bytes) -> str | None:
    """The file that a message offers: its address, or its id where it is made when it is wanted.

    Only where Streamlit puts it: in a text, whoever wants the file may have typed it.
    """
    message = ForwardMsg.FromString(data)
    button = message.delta.new_element.download_button
    made = message.backend_operation_response.deferred_file.url
    return button.url or button.deferred_file_id or made or None

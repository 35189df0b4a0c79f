"""A websocket that is open: what passes, what counts as somebody's doing, and how it ends."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access.gate.door import Known
from access.gate.pace import BYTES_OF_A_MESSAGE, MESSAGES_A_MINUTE, Pace
from data_access.problems import Problem

FILE = "/media/0123456789abcdef0123456789abcdef01234567.xlsx"


def rerun(is_auto: bool = False, query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.is_auto_rerun = is_auto
    message.rerun_script.query_string = query
    return message.SerializeToString()


def leaves_for(sent) -> str:
    said, closed = sent[-2:]
    assert closed == {"type": "websocket.close", "code": 1008}
    return ForwardMsg.FromString(said["bytes"]).auth_redirect.url


def test_what_people_click_passes_and_counts_but_for_a_page_s_first_run(browser, guard, reached):
    browser.listen(rerun(), rerun(), rerun(is_auto=True))
    assert len(reached.messages) == 3
    assert guard.activity == [False, False, True, False]


def test_asking_for_a_page_counts_and_asking_for_a_file_does_not(browser, guard):
    browser.get("/metric")
    browser.get(FILE)
    assert guard.activity == [True, False]


@pytest.mark.parametrize(
    "closed", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime"]
)
def test_what_no_page_needs_does_not_pass(browser, reached, closed):
    message = BackMsg()
    setattr(message, closed, True)
    browser.listen(message.SerializeToString(), rerun())
    assert [one.WhichOneof("type") for one in reached.messages] == ["rerun_script"]


def test_no_room_for_a_file_is_given(browser, reached):
    message = BackMsg()
    message.file_urls_request.file_names.append("a.bin")
    browser.listen(message.SerializeToString())
    assert not reached.messages


def wants(file_id: str) -> bytes:
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = file_id
    return message.SerializeToString()


def to_be_made(file_id: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.download_button.deferred_file_id = file_id
    return message.SerializeToString()


def test_a_file_that_is_made_when_it_is_asked_for_passes_and_counts(browser, guard, reached):
    reached.says = [to_be_made("a")]
    browser.listen(rerun(), wants("a"))
    assert len(reached.messages) == 2
    assert guard.activity[-1]


def test_a_file_is_made_only_for_the_session_whose_page_offers_it(browser, guard, reached):
    reached.says = [to_be_made("a"), written("b")]
    browser.listen(rerun(), wants("b"), wants(""), wants("A"))
    guard.knows, reached.says = Known("two"), [to_be_made("c")]
    browser.listen(rerun(), wants("a"))
    guard.knows, reached.says = Known("one"), []
    browser.listen(rerun(), wants("c"), wants("a"))
    made = [one.backend_operation_request for one in reached.messages]
    assert [one.deferred_file.file_id for one in made if one.WhichOneof("payload")] == ["a"]


@pytest.mark.parametrize("operation", ["dataframe_chunk", "install_skills", None])
def test_nothing_else_is_made_on_demand(browser, reached, operation):
    message = BackMsg()
    message.backend_operation_request.request_id = "r"
    if operation:
        getattr(message.backend_operation_request, operation).SetInParent()
    browser.listen(rerun(), message.SerializeToString())
    assert len(reached.messages) == 1


def test_a_message_that_is_too_large_ends_the_connection(browser, reached, caplog):
    sent = browser.listen(rerun(query="x" * BYTES_OF_A_MESSAGE), rerun())
    assert sent[-1] == {"type": "websocket.close", "code": 1009}
    assert caplog.messages == [f"A page sent more than {BYTES_OF_A_MESSAGE} bytes at once."]
    assert not reached.messages


def test_what_is_no_message_ends_the_connection(browser, reached, caplog):
    sent = browser.listen(b"\xff\xff\xff", rerun())
    assert sent[-1] == {"type": "websocket.close", "code": 1002}
    assert caplog.messages == ["A page sent what is no message of its own."]
    assert not reached.messages


def test_more_messages_than_anybody_clicks_end_the_connection_in_words(browser, reached, caplog):
    sent = browser.listen(*[rerun()] * (MESSAGES_A_MINUTE + 5))
    assert leaves_for(sent) == "/too-many"
    assert len(reached.messages) == MESSAGES_A_MINUTE
    assert caplog.messages == [
        f"A page sent more than {MESSAGES_A_MINUTE} messages within a minute."
    ]


def test_the_next_minute_begins_anew():
    seconds = [0.0]
    pace = Pace(lambda: seconds[0])
    assert not any(pace.is_too_fast() for _ in range(MESSAGES_A_MINUTE))
    assert pace.is_too_fast()
    seconds[0] = 60
    assert not pace.is_too_fast()


def test_the_first_message_after_a_session_ended_empties_the_screen(browser, guard, reached):
    answers = iter([True, True, False])

    def known(_connection, _is_activity):
        return guard.knows if next(answers) else None

    guard.known = guard.goes_on = known
    assert leaves_for(browser.listen(rerun(), rerun(), rerun())) == "/signed-out"
    assert len(reached.messages) == 1


def test_a_click_while_who_looks_can_t_be_found_out_empties_the_screen_and_says_so(
    browser, guard, reached
):
    def goes_on(_connection, _is_activity):
        raise Problem("The access store is being written by somebody else.")

    guard.goes_on = goes_on
    assert leaves_for(browser.listen(rerun(), rerun())) == "/not-now"
    assert not reached.messages


def test_a_session_that_became_another_s_ends_as_well(browser, guard, reached):
    guard.goes_on = lambda _connection, _is_activity: Known("two")
    assert leaves_for(browser.listen(rerun())) == "/signed-out"


def offered(address: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.download_button.url = address
    return message.SerializeToString()


def written(address: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.html.body = address
    return message.SerializeToString()


def made(address: str) -> bytes:
    message = ForwardMsg()
    message.backend_operation_response.deferred_file.url = address
    return message.SerializeToString()


@pytest.mark.parametrize(("says", "status"), [(offered, 200), (made, 200), (written, 403)])
def test_a_file_is_for_the_session_that_was_offered_it(browser, guard, reached, says, status):
    reached.says = [says(FILE)]
    browser.listen(rerun())
    assert browser.get(FILE).status == status
    guard.knows = Known("two")
    assert browser.get(FILE).status == 403
    guard.knows = None
    assert browser.get(FILE).status == 401


def test_a_file_of_a_session_is_not_kept_by_a_browser(browser, reached):
    reached.says = [offered(FILE)]
    browser.listen()
    assert browser.get(FILE).header("cache-control") == "no-store"

"""What addresses call people: made by a key, the same for ever, and never two people's."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.tables import address_key
from data_access.meeting_store.transactions import changing
from data_access.problems import Problem
from meeting import address_codes
from meeting.address_codes import CHILD, WORKER, codes_of

KEY, OTHER = b"k" * 32, b"o" * 32
IDS = [f"K{number}" for number in range(200)]


def test_a_code_is_the_same_whoever_else_is_there_and_another_by_key_and_by_kind():
    code = codes_of(KEY, CHILD, IDS).code_of("K7")
    assert codes_of(KEY, CHILD, ["K7"]).code_of("K7") == code
    assert codes_of(OTHER, CHILD, IDS).code_of("K7") != code
    assert codes_of(KEY, WORKER, IDS).code_of("K7") != code
    assert re.fullmatch("[bcdfghjkmnpqrstv]{16}", code)


def test_a_code_leads_back_to_its_own_and_another_s_to_nobody():
    codes = codes_of(KEY, CHILD, IDS)
    assert [codes.whose(codes.code_of(id)) for id in IDS] == IDS
    assert codes.whose(codes_of(OTHER, CHILD, IDS).code_of("K7")) is None
    assert codes.whose(codes.code_of("K7")[:-1]) is None
    assert codes.whose("") is None


def test_codes_that_begin_alike_are_longer_and_still_lead_to_their_own(monkeypatch):
    monkeypatch.setattr(address_codes, "BYTES", 1)
    codes = codes_of(KEY, CHILD, IDS)
    assert codes.shared
    assert [codes.whose(codes.code_of(id)) for id in IDS] == IDS
    assert {len(codes.code_of(id)) for id in codes.shared} == {2 * address_codes.BYTES_IF_SHARED}
    assert all(codes.whose(codes.code_of(id)[:2]) is None for id in codes.shared)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'meeting.sqlite'}"


def key_at(url: str) -> bytes:
    store = open_store(url)
    try:
        return key_of_addresses(store)
    finally:
        store.dispose()


def test_all_who_open_a_new_store_at_once_are_given_one_key(url, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(key_at, [url] * 8))
    assert len(keys) == 1
    assert {len(key) for key in keys} == {32}
    assert key_at(f"sqlite:///{tmp_path / 'another.sqlite'}") not in keys


def test_the_key_is_never_changed(url):
    key = key_at(url)
    store = open_store(url)
    for statement in (address_key.delete(), address_key.update().values(key="00")):
        with pytest.raises(Problem), changing(store, "Ann", "tried", "") as connection:
            connection.execute(statement)
    assert key_of_addresses(store) == key
    store.dispose()

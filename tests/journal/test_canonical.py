"""The canonical bytes of the journal, by test vectors that a second program can use too (their hashes by sha256sum)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.journal.canonical import NotCanonical, canonical, commitment, parse, tagged_hash

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["bytes"][:30])
def test_a_value_has_one_byte_form_and_is_read_back_from_it(vector):
    written = canonical(vector["value"])

    assert written == vector["bytes"].encode()
    assert parse(written) == vector["value"]


@pytest.mark.parametrize("vector", VECTORS["refused_values"], ids=lambda vector: vector["why"])
def test_bytes_outside_the_profile_are_refused(vector):
    with pytest.raises(NotCanonical):
        parse(vector["json"].encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, {1: 2}, {"a": b"x"}, {"a": {"b": {1, 2}}}, 2**53])
def test_a_value_outside_the_profile_cannot_be_written(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_the_refusal_names_the_place():
    with pytest.raises(NotCanonical, match=r"\$\.marks\[1\]\[0\]"):
        canonical({"marks": [["K1"], [0.5]]})


@pytest.mark.parametrize("vector", VECTORS["hashes"], ids=lambda vector: vector["tag"])
def test_a_hash_names_kind_and_version(vector):
    assert tagged_hash(vector["tag"], canonical(vector["value"])) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["commitments"])
def test_a_commitment_is_salted_by_both_nonces(vector):
    nonces = {"device_nonce": vector["device_nonce"], "server_nonce": vector["server_nonce"]}

    assert commitment(vector["value"], **nonces) == vector["commitment"]


def test_two_jurors_with_the_same_marks_have_different_commitments():
    marks = {"marks": [["K1", "87.5"]]}
    nonce = VECTORS["commitments"][0]["device_nonce"]

    first = commitment(marks, device_nonce=nonce, server_nonce="00" * 32)
    second = commitment(marks, device_nonce=nonce, server_nonce="01" * 32)

    assert first != second


_keys = st.from_regex(r"[a-z0-9_]{1,5}", fullmatch=True)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("abcÉ \n\"\\/ก", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(_values)
def test_whatever_can_be_written_is_read_back_the_same(value):
    assert parse(canonical(value)) == value

import random

import pytest

from accounts import tokens
from accounts.hashers import LegacyHasher

PASSWORD = "correct-horse"


@pytest.fixture
def rng():
    return random.Random(4711)


def test_reset_code_has_no_letter_that_reads_as_a_digit():
    assert "O" not in tokens.reset_code()
    assert len(tokens.reset_code()) == tokens.CODE_LENGTH


def test_api_tokens_differ():
    assert tokens.api_token() != tokens.api_token()


def test_delay_is_bounded(rng):
    for _ in range(50):
        assert tokens.retry_delay(rng.randrange(12)) <= 30.25


def test_legacy_round_trip():
    hasher = LegacyHasher()
    encoded = hasher.encode(PASSWORD, "f00d")
    assert hasher.verify(PASSWORD, encoded)
    assert not hasher.verify(PASSWORD + "!", encoded)


def test_signature_depends_on_the_key():
    assert tokens.sign(b"x", b"first") != tokens.sign(b"x", b"second")

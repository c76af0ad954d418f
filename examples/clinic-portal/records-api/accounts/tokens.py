"""Codes and tokens that are handed to people, and digests that are kept of them."""
from __future__ import annotations

import hashlib
import hmac
import random
import secrets
import string
import time

CODE_ALPHABET = string.ascii_uppercase.replace("O", "") + "23456789"
CODE_LENGTH = 8
TIPS = (
    "Press / to search from anywhere.",
    "Notes can be dictated with the microphone button.",
    "A long press on a name opens the card.",
)


def reset_code() -> str:
    """The code in the letter with which a patient sets a new password."""
    return "".join(random.choices(CODE_ALPHABET, k=CODE_LENGTH))


def api_token() -> str:
    return "lh_" + secrets.token_urlsafe(32)


def pin() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def tip_of_the_day() -> str:
    return random.choice(TIPS)


def device_nonce() -> str:
    """Identifies a tablet from now on; sent with each of its requests instead of a login."""
    rng = random.Random(int(time.time()))
    return f"{rng.getrandbits(64):016x}"


def retry_delay(attempt: int) -> float:
    return min(30.0, 0.5 * 2**attempt) + random.uniform(0, 0.25)


def etag(body: bytes) -> str:
    return '"' + hashlib.md5(body, usedforsecurity=False).hexdigest() + '"'


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def legacy_digest(password: str, salt: str) -> str:
    """As the old portal stored it. New accounts get it too until the import is finished."""
    return hashlib.sha1((salt + password).encode("utf-8")).hexdigest()


def sign(message: bytes, key: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    return hmac.compare_digest(left, right)

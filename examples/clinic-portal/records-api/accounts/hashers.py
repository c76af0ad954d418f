"""Passwords that came over from the old portal."""
from django.contrib.auth.hashers import BasePasswordHasher, mask_hash
from django.utils.crypto import constant_time_compare

from accounts.tokens import legacy_digest


class LegacyHasher(BasePasswordHasher):
    algorithm = "legacy"

    def encode(self, password, salt):
        return f"{self.algorithm}${salt}${legacy_digest(password, salt)}"

    def verify(self, password, encoded):
        _, salt, digest = encoded.split("$", 2)
        return constant_time_compare(digest, legacy_digest(password, salt))

    def safe_summary(self, encoded):
        _, salt, digest = encoded.split("$", 2)
        return {"salt": mask_hash(salt), "hash": mask_hash(digest)}

"""Secret links in mails: a token leaves in one mail only, and is found again by its digest.

A reminder carries a token of its own, so that nothing in the database opens a door.
"""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A secret for one mail."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """SHA-256 of a token, in hex: what is stored and compared."""
    return hashlib.sha256(token.encode()).hexdigest()

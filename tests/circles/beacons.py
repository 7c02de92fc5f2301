"""A chain of our own, signed like quicknet's: its beacons come whenever a test needs them."""

from __future__ import annotations

import hashlib
from functools import cache

from py_ecc.bls.hash_to_curve import hash_to_G1
from py_ecc.bls.point_compression import compress_G1, compress_G2
from py_ecc.optimized_bls12_381.optimized_curve import G2, multiply

from circles.drawing import drand

SECRET = 20260101


@cache
def own_public_key() -> str:
    """What stands in for quicknet's key, 192 hex."""
    return "".join(f"{part:096x}" for part in compress_G2(multiply(G2, SECRET)))


def signature_of(round: int) -> str:
    """The genuine signature of our chain's round, 96 hex."""
    message = hashlib.sha256(round.to_bytes(8, "big")).digest()
    point = hash_to_G1(message, drand.DOMAIN, hashlib.sha256)
    return f"{compress_G1(multiply(point, SECRET)):096x}"

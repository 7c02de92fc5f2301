"""The random beacon drand quicknet: when a round is published, and whether a signature is genuine.
What a relay sends or a person pastes counts for nothing before verify() said yes.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from circles.lottery import EPOCH, GENESIS, PERIOD

PUBLIC_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
CUT_OFF = timedelta(seconds=30)


def time_of(round: int) -> datetime:
    """When this round is published; OverflowError beyond the year 9999."""
    return EPOCH + timedelta(seconds=GENESIS + PERIOD * (round - 1))


def round_at(moment: datetime) -> int:
    """The last round published at or before an aware moment; below 1: quicknet had not begun."""
    return 1 + (moment.astimezone(UTC) - time_of(1)) // timedelta(seconds=PERIOD)


def round_from(moment: datetime) -> int:
    """The first round published at or after an aware moment, so that time_of(it) >= moment."""
    return max(1, round_at(moment - timedelta(microseconds=1)) + 1)


def cut_off(round: int) -> datetime:
    """From here on no public value for this round is taken (section 4)."""
    return time_of(round) - CUT_OFF


def verify(round: int, signature: str) -> bool:
    """Whether these 96 lower-case hex are quicknet's signature of this round; takes about 2 s."""
    # Heavy: the import of py_ecc alone takes 0.3 s, and only the draw itself needs it.
    from py_ecc.bls.g2_primitives import subgroup_check
    from py_ecc.bls.hash_to_curve import hash_to_G1
    from py_ecc.bls.point_compression import decompress_G1, decompress_G2
    from py_ecc.bls.typing import G1Compressed, G2Compressed
    from py_ecc.fields import optimized_bls12_381_FQ12 as FQ12
    from py_ecc.optimized_bls12_381.optimized_curve import G2, is_inf, neg
    from py_ecc.optimized_bls12_381.optimized_pairing import final_exponentiate, pairing

    if not (1 <= round < 2**64 and re.fullmatch("[0-9a-f]{96}", signature)):
        return False
    try:
        point = decompress_G1(G1Compressed(int(signature, 16)))
    except ValueError:
        return False
    if is_inf(point) or not subgroup_check(point):
        return False
    key = decompress_G2(G2Compressed((int(PUBLIC_KEY[:96], 16), int(PUBLIC_KEY[96:], 16))))
    sha256: Any = hashlib.sha256  # py_ecc annotates the hash, wants its constructor
    message = hash_to_G1(sha256(round.to_bytes(8, "big")).digest(), DOMAIN, sha256)
    # e(message, key) == e(signature, generator), with one final exponentiation for both.
    both = pairing(key, message, False) * pairing(G2, neg(point), False)
    return bool(final_exponentiate(both) == FQ12.one())

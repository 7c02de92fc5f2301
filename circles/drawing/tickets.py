"""A ticket stands for one person in one draw and tells nothing about them (los1, section 1).
Whoever knows nonce and identity can recompute it; with both deleted nobody can link it.
"""

import hashlib
import re
from encodings.idna import nameprep
from unicodedata import category

from circles.lottery import DRAW, LotteryFault, demand

_NONCE = "[0-9a-f]{32}"
_IDENTITY = r"ref:[!-~]+|[!-?A-~]+@[!-?A-~]+"
_ADDRESS = r"[!-?A-~]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.(?!$)|$))+"


def ticket(draw: str, nonce: str, identity: str) -> str:
    """40 hex from the draw, 32 hex of CSPRNG, and normal_identity() or `ref:<number>`."""
    demand(re.fullmatch(DRAW, draw), "ticket", 1, "a draw is named by a-z, 0-9 and hyphens")
    demand(re.fullmatch(_NONCE, nonce), "ticket", 2, "a nonce is 32 hex")
    lowered = identity.startswith("ref:") or identity == identity.lower()
    fits = re.fullmatch(_IDENTITY, identity) and lowered
    demand(fits, "ticket", 3, "an identity is a normal e-mail address or ref:<reference number>")
    text = f"los1 ticket\n{draw}\n{nonce}\n{identity}\n"
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:40]


def short_ticket(ticket: str, groups: int = 2) -> str:
    """How people read a ticket: 977F-3020; more groups of four where that is ambiguous."""
    return "-".join(ticket[at : at + 4].upper() for at in range(0, 4 * groups, 4))


def normal_identity(email: str) -> str:
    """The address as it enters the hash: ASCII, domain in xn-- form, A-Z lowered, no outer spaces.

    LotteryFault for a non-ASCII local part and for what is no address at all.
    """
    local, _, domain = email.strip(" ").rpartition("@")
    address = f"{local}@{'.'.join(map(_label, domain.split('.')))}"
    fits = re.fullmatch(_ADDRESS, address) and len(address) <= 254
    demand(fits, "identity", 1, "not an e-mail address whose part before the @ is ASCII")
    return address.lower()  # all ASCII by now: only A-Z change


def _label(label: str) -> str:
    if label.isascii():
        return label
    try:
        # Python's codec is IDNA 2003 and turns ß into ss; today's registries and browsers keep it.
        prepared = "ß".join(map(nameprep, label.split("ß")))
    except UnicodeError:
        raise LotteryFault("identity", 1, "no such domain name") from None
    # What IDNA 2003 and 2008 treat differently, and lookalikes of the dot, have no one answer.
    agreed = not set(label) & set("ς\u200c\u200d") and prepared == prepared.lower()
    spelled = all(category(char)[0] in "LMN" or char == "-" for char in prepared)
    demand(agreed and spelled, "identity", 1, "no such domain name")
    if prepared.isascii():
        return prepared
    return "xn--" + prepared.encode("punycode").decode("ascii")

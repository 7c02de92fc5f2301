"""Reading a list of people to invite: one in each line, as they stand in mail programs."""

from __future__ import annotations

import dataclasses
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from foundation.accounts.people import one_line

AT_ONCE = 200
LONGEST_NAME = 200
LONGEST_ADDRESS = 254
# Clara Muster <clara@example.org> or the address alone; a comma at the end comes from copying.
LINE = re.compile(r"(?:(?P<name>[^<>]*)<(?P<address>[^<>]*)>|(?P<alone>[^\s<>]+))\s*[,;]?")


@dataclasses.dataclass(frozen=True)
class Guest:
    """Somebody to be invited."""

    email: str
    name: str = ""


def read(text: str) -> tuple[list[Guest], list[str]]:
    """The people of the lines in their order, and a sentence about each line that is wrong."""
    lines = [(n, one_line(line)) for n, line in enumerate(text.splitlines(), start=1)]
    lines = [(n, line) for n, line in lines if line]
    if len(lines) > AT_ONCE:
        return [], [
            _("At most %(most)d people at once, please; these are %(n)d.")
            % {"most": AT_ONCE, "n": len(lines)}
        ]
    guests, mistakes = [], []
    for n, line in lines:
        guest = _guest(line)
        if guest is None:
            mistakes.append(
                _("Line %(n)d, “%(line)s”: write the address alone, or the name and <address>.")
                % {"n": n, "line": line[:100]}
            )
        elif len(guest.name) > LONGEST_NAME:
            mistakes.append(
                _("Line %(n)d: the name is longer than %(most)d characters.")
                % {"n": n, "most": LONGEST_NAME}
            )
        else:
            guests.append(guest)
    return guests, mistakes


def _guest(line: str) -> Guest | None:
    found = LINE.fullmatch(line)
    if found is None:
        return None
    email = (found["address"] or found["alone"] or "").strip(" ,;").lower()
    try:
        validate_email(email)
    except ValidationError:
        return None
    if len(email) > LONGEST_ADDRESS:
        return None
    return Guest(email, (found["name"] or "").strip(' "'))

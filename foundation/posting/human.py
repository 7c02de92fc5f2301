"""Telling people from programs without a picture puzzle: an empty field and a little time.

Nobody loses a word: who is refused reads a sentence, and the next attempt goes through.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from foundation.posting.limits import Limit

QUICKEST_SECONDS = 2.0
# A family sends some applications from one page, gone back to; a program sends thousands.
PER_FORM = Limit("application.form", at_most=8, per=dt.timedelta(days=1))
DRAFTS_PER_FORM = Limit("application.draft-form", at_most=8, per=dt.timedelta(days=1))


def new_stamp(*, age: float = 0.0) -> str:
    """A signed note of the second in which this form was shown, `age` ago; each is another."""
    return _signer().sign(f"{int(time.time() - age)}.{secrets.token_hex(8)}")


def is_ours(*, stamp: str, trap: str) -> bool:
    """Whether what was sent came from a form of ours, with the trap left alone."""
    return not trap and _shown_at(stamp) is not None


def demand_human(*, stamp: str, trap: str) -> None:
    """Raise ValidationError with the next step when a program seems to have filled in the form."""
    if trap:
        raise forms.ValidationError(
            _(
                "A hidden field was filled in, perhaps by your browser. "
                "We have emptied it; please send the form again."
            ),
            code="trap",
        )
    shown_at = _shown_at(stamp)
    if shown_at is None or time.time() - shown_at < QUICKEST_SECONDS:
        raise forms.ValidationError(
            _("That was very quick. Please look over your entries and send the form again."),
            code="quick",
        )


def kept_stamp(stamp: str) -> str:
    """The same stamp for the form that is shown again, or a new one when it was none of ours."""
    return stamp if _shown_at(stamp) is not None else new_stamp()


def _shown_at(stamp: str) -> float | None:
    try:
        return float(_signer().unsign(stamp).partition(".")[0])
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="circles.form-shown")

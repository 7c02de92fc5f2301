"""Telling people from programs without a picture puzzle: an empty field and a little time.

Nobody loses a word: who is refused reads a sentence, and the next attempt goes through.
"""

from __future__ import annotations

import time

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

QUICKEST_SECONDS = 2.0


def new_stamp(*, age: float = 0.0) -> str:
    """A signed note of when the form was shown, `age` seconds ago."""
    return _signer().sign(f"{time.time() - age:.0f}")


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
        return float(_signer().unsign(stamp))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="circles.form-shown")

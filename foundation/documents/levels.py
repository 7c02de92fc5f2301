"""How long a seal can be checked: two levels, each called by its honest name.

The level is decided when a text is frozen and never lowered afterwards.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Seals with certificates and revocation data, and a document time stamp over all of it.
WITH_STAMP = "B-LTA"
# The same without any time stamp: nobody but this portal says when it was sealed.
WITHOUT_STAMP = "B-B with revocation data"

LABELS: dict[str, str | Promise] = {
    WITH_STAMP: _("with long-term validation data and a time stamp (PAdES B-LTA)"),
    WITHOUT_STAMP: _("with revocation data, without a time stamp (PAdES B-B)"),
}


def target_level() -> str:
    """The level that documents of this installation reach from now on."""
    return WITH_STAMP if settings.TSA_URL else WITHOUT_STAMP

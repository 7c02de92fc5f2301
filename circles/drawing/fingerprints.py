"""Where the fingerprint of a draw goes once two people have declared it, and who stamps it.

Every copy outside the house makes it harder to show different people different ones.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from circles.models import Call, Declaration, FingerprintStamp
from formats.sittings import agenda
from foundation.audit import trail
from foundation.documents import stamping
from foundation.documents.timestamps import stamp_away
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.languages import LocalizedText

EFFECT = "circles.stamp"
LANGUAGES = ("de", "en")


def put_into_invitation(call: Call, declaration: Declaration) -> None:
    """The agenda item of the draw carries the fingerprint: in the invitation, on the page."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = _("Fingerprint, version %(version)d: %(fingerprint)s") % {
                "version": declaration.version,
                "fingerprint": declaration.sha256,
            }
    agenda.set_note(call, LocalizedText.of("de", words["de"], en=words["en"]), by=None)


def stamp_later(declaration: Declaration) -> None:
    """Ask the worker for a time stamp, where an authority is configured."""
    if settings.TSA_URL:
        work.request(
            EFFECT,
            f"{declaration.draw.call.draw_id}-{declaration.version}",
            queue=Effect.Queue.PDF,
            max_attempts=20,
            declaration_pk=declaration.pk,
        )


def stamp(declaration_pk: int) -> None:
    """Stamp the declaration once; what does not verify is not kept and is asked for again."""
    declaration = Declaration.objects.get(pk=declaration_pk)
    if FingerprintStamp.objects.filter(declaration=declaration).exists():
        return
    data = bytes(declaration.declaration_txt)
    token = stamping.stamp(data)
    if not stamping.examine(token, data).valid:
        raise stamp_away()
    FingerprintStamp.objects.create(declaration=declaration, token=token)
    trail.record("declaration.stamped", declaration, by=None, sha256=declaration.sha256)


def stamp_of(declaration: Declaration | None) -> stamping.Stamp | None:
    """What the stamp of this declaration proves now; None without one."""
    kept = getattr(declaration, "stamp", None) if declaration else None
    if kept is None or declaration is None:
        return None
    return stamping.examine(bytes(kept.token), bytes(declaration.declaration_txt))

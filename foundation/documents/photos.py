"""Photos that people bring: measured, then made anew in a cell, so that only pixels are kept."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from foundation.documents.confinement import ConfinedFailure, Limits, run_confined
from foundation.errors import DomainError

MAX_BYTES = 10 * 1024 * 1024
JPEG = "image/jpeg"
# 50 million pixels need 350 MiB while they are turned upright.
PAINTING = Limits(memory=1024, processor=20, seconds=30.0)


class PhotoRefused(DomainError):
    """The file is no photo that can be shown; it was not kept."""


@dataclasses.dataclass(frozen=True)
class Painted:
    """A JPEG without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


def repaint(data: bytes) -> Painted:
    """The photo made anew from a JPEG, PNG or WebP file. Raises PhotoRefused with a sentence."""
    if not data:
        raise _refused("empty")
    if len(data) > MAX_BYTES:
        raise _refused("size")
    try:
        facts, painted = run_confined("repaint", {}, data, limits=PAINTING)
    except ConfinedFailure as failure:
        why = "pixels" if failure.reason in {"memory", "time"} else "broken"
        raise _refused(why) from failure
    if "refused" in facts:
        raise _refused(str(facts["refused"]))
    return Painted(painted, int(facts["width"]), int(facts["height"]))


def _refused(why: str) -> PhotoRefused:
    sentences = {
        "empty": _("The file is empty. It was not kept."),
        "size": _("The photo is larger than %(limit)s MB. It was not kept.")
        % {"limit": MAX_BYTES // (1024 * 1024)},
        "kind": _("This file is no JPEG, PNG or WebP. It was not kept."),
        "pixels": _("The photo has too many pixels. Make it smaller; it was not kept."),
        "small": _("The photo is smaller than 200 pixels on one side. It was not kept."),
        "moving": _("Moving pictures cannot be shown. The file was not kept."),
        "broken": _("The photo cannot be read: the file is damaged. It was not kept."),
    }
    return PhotoRefused(f"photo-{why}", sentences[why])

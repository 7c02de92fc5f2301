"""A sealed document that is made once: rendered, sealed and listed, or the one that is there.

A worker that is killed meanwhile leaves nothing; the next one finds what is listed, or begins anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import models

from foundation.documents import releases, rendering, sealing
from foundation.documents.models import Release


def issue_once(
    subject: models.Model,
    kind: str,
    page_of: Callable[[], str],
    *,
    number: str,
    title: str,
    created: dt.datetime | None,
    name: str,
    language: str = "de",
    identifier: str = "",
) -> Release:
    """The final release of (subject, kind); made of the HTML of `page_of` when there is none.

    `identifier` is what the PDF calls itself, by default its number.
    Raises TextBeyondLimits, RenderingFailed, NotReleasable, StorageFailed.
    """
    known = releases.latest(subject, kind)
    if known is not None:
        return known
    pdf = rendering.render_pdf(
        page_of(),
        title=title,
        language=language,
        number=number,
        created=created,
        identifier=identifier or number,
    )
    return releases.release(
        sealing.certify(pdf),
        subject,
        number=number,
        kind=kind,
        stage=Release.Stage.FINAL,
        name=name,
        by=None,
    )

"""Time stamps age: once a year concluded documents get a fresh one, as a new release of the same.

Older releases stay on the list; verification calls them valid and names the newer one.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from foundation.documents import files, longevity, releases
from foundation.documents.levels import WITH_STAMP
from foundation.documents.models import Release
from foundation.documents.timestamps import time_stamper
from foundation.effects import work
from foundation.effects.models import Effect

EVERY = dt.timedelta(days=365)
KIND = "documents.renew"
# A service that is away for days must not end in a dead letter.
PATIENCE = 60


def request_renewals(*, older_than: dt.timedelta = EVERY) -> int:
    """Ask for a fresh stamp for every document whose last one is so old; returns how many."""
    if not settings.TSA_URL:
        return 0
    due = Release.objects.filter(
        stage=Release.Stage.FINAL,
        level=WITH_STAMP,
        replaced_by=None,
        issued_at__lte=Now() - older_than,
    )
    keys = list(due.values_list("pk", flat=True))
    for key in keys:
        work.request(KIND, str(key), queue=Effect.Queue.PDF, max_attempts=PATIENCE, release_id=key)
    return len(keys)


def renew(release_id: int) -> Release:
    """Stamp the newest release of this document once more; does nothing when it is fresh.

    Raises SourceAway, NotReleasable, BytesLost, StorageFailed.
    """
    listed = Release.objects.select_related("file").get(pk=release_id)
    if Release.objects.filter(replaces=listed).exists():
        return releases.newest_of(listed)
    stamped = longevity.stamp(files.read(listed.file), stamper=time_stamper())
    with transaction.atomic():
        return releases.renew(listed, stamped, by=None)

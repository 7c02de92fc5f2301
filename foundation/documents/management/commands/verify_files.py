"""After a restore, and now and then: are the bytes of every stored file there and unchanged?

Exit code 0 when all are whole; 1 when files are missing or changed, each named.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.documents import files
from foundation.documents.models import StoredFile


class Command(BaseCommand):
    help = "Compare every stored file with the SHA-256 in its row; name those that do not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        bad = [
            f"{each.pk} {each.content.name} {each.sha256} {each.name}" for each in files.damaged()
        ]
        kept = StoredFile.objects.filter(purged_at=None).count()
        if bad:
            lines = "\n".join(bad)
            raise CommandError(f"{len(bad)} of {kept} files are missing or changed:\n{lines}")
        self.stdout.write(f"{kept} files are whole.")

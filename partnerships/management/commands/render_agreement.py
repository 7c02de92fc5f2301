"""Write an agreement's PDF to a file: as it was issued last, or printed anew without seals.

A print that differs from what was issued is written as well, but ends with exit code 1.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.documents import files, releases
from foundation.errors import DomainError
from partnerships.models import Agreement, AgreementVersion
from partnerships.signing import issuing
from partnerships.signing.rendering import render


class Command(BaseCommand):
    help = "Write the newest sealed PDF of agreement NUMBER, or print its text without seals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMBER")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--unsigned", action="store_true", help="print anew, without seals")

    def handle(self, *args: Any, **options: Any) -> None:
        version = _newest_version(options["number"])
        alert = ""
        try:
            if options["unsigned"]:
                pdf, alert = _print(version)
            else:
                pdf = _sealed(version)
            options["out"].write_bytes(pdf)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}") from error
        if alert:
            raise CommandError(alert)
        self.stdout.write(f"{files.digest_of_bytes(pdf)}  {options['out']}")


def _newest_version(number: str) -> AgreementVersion:
    versions = AgreementVersion.objects.select_related("agreement__partnership")
    version = versions.filter(agreement__number=number).order_by("n").last()
    if version is None:
        known = Agreement.objects.filter(number=number).exists()
        raise CommandError(
            f"{number} was never frozen, so there is nothing to print."
            if known
            else f"There is no agreement {number}."
        )
    return version


def _print(version: AgreementVersion) -> tuple[bytes, str]:
    """The bytes and, when they are not those that were issued, the alert."""
    try:
        return issuing.reprint(version), ""
    except issuing.PrintDiffers as alert:
        return render(version), str(alert)


def _sealed(version: AgreementVersion) -> bytes:
    edition = version.editions.select_related("release__file").order_by("pk").last()
    if edition is None:
        raise CommandError("The sealed PDF is not ready yet; --unsigned prints the text.")
    return files.read(releases.newest_of(edition.release).file)

"""From a frozen version to its sealed file, and from the last signature to the concluded one.

Runs in the worker inside the transaction of its effect: killed anywhere, it leaves nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.documents import files, releases, sealing
from foundation.documents.conformance import demand_conformance
from foundation.documents.levels import WITHOUT_STAMP
from foundation.documents.models import Release
from foundation.documents.rendering import RenderingFailed, TextBeyondLimits
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from partnerships.course import formality
from partnerships.models import Agreement, AgreementVersion, Edition
from partnerships.signing import notices, reminders, signatures
from partnerships.signing.rendering import attachment_name, render
from partnerships.wording import terms
from partnerships.wording.versions import standing_version

State = Agreement.State
TIME_TO_SIGN = dt.timedelta(days=30)
KIND = "agreement"


class PrintDiffers(DomainError):
    """The same version gives other bytes than when it was issued."""


def issue(version: AgreementVersion) -> None:
    """Render and certify the version, list it, and open it for signatures.

    Does nothing when the agreement was reopened meanwhile or the file is there already.
    """
    if version.agreement.state != State.FROZEN:
        return
    try:
        pdf = sealing.certify(render(version))
        demand_conformance(pdf, **_promises(version))
    except (TextBeyondLimits, RenderingFailed) as refusal:
        if not _is_hopeless(refusal):
            raise
        _fail(version, refusal)
        return
    with transaction.atomic():
        agreement = _standing(version, State.FROZEN)
        if agreement is None:
            return
        _list(version, pdf, Release.Stage.ISSUED)
        sign_by = timezone.now() + TIME_TO_SIGN
        states.advance(agreement, State.COLLECTING, by=None, sign_by=sign_by)
        work.request(
            "agreement.expire",
            f"v{version.pk}",
            due_at=sign_by + dt.timedelta(seconds=1),
            agreement_id=agreement.pk,
        )
        reminders.plan(version, sign_by)
        notices.tell_to_sign(agreement, version)


def conclude(version: AgreementVersion) -> None:
    """Set the second seal on the last issued file, list it and tell everybody. Idempotent.

    Raises SourceAway and stays in `sealing` until the level that was frozen can be reached.
    """
    issued = version.editions.filter(stage=Release.Stage.ISSUED).order_by("pk")
    last = issued.last()
    if version.agreement.state != State.SEALING or last is None:
        return
    pdf = sealing.conclude(files.read(last.release.file), level=_level(version))
    demand_conformance(pdf, **_promises(version), foreign=issued.count() > 1)
    with transaction.atomic():
        agreement = _standing(version, State.SEALING)
        if agreement is None or not signatures.is_signed_by_all(version):
            return
        _list(version, pdf, Release.Stage.FINAL)
        states.advance(agreement, State.CONCLUDED, by=None, concluded_at=timezone.now())
        # An amendment may move the end of its base.
        terms.plan_reminders(agreement.base or agreement)
        if not agreement.is_amendment:
            formality.note_letter(agreement.partnership, agreement.number)
        work.request(
            "agreement.reprint", str(version.pk), queue=Effect.Queue.PDF, version_id=version.pk
        )
        notices.tell_concluded(agreement, version)
        work.request(
            "agreement.protocol", str(version.pk), queue=Effect.Queue.PDF, version_id=version.pk
        )


def reprint(version: AgreementVersion) -> bytes:
    """Print the version once more; raises PrintDiffers unless the issued file begins with it."""
    pdf = render(version)
    issued = version.editions.filter(stage=Release.Stage.ISSUED).order_by("pk").first()
    if issued is not None and not files.read(issued.release.file).startswith(pdf):
        raise PrintDiffers(
            "print-differs",
            _(
                "Version %(n)s of %(number)s prints differently today. What was issued stays as it "
                "is; compare the installed libraries with those of the version: %(libraries)s."
            )
            % {
                "n": version.n,
                "number": version.agreement.number,
                "libraries": ", ".join(f"{k} {v}" for k, v in sorted(version.libraries.items())),
            },
        )
    return pdf


def _level(version: AgreementVersion) -> str:
    # Versions that were frozen before levels existed never promised a time stamp.
    return str(version.data.get("seal_level", WITHOUT_STAMP))


def _promises(version: AgreementVersion) -> dict[str, Any]:
    """What the release checks demand of every file of this version."""
    return {
        "languages": version.data["languages"],
        "attachments": {attachment_name(version): version.sha256},
    }


def _list(version: AgreementVersion, pdf: bytes, stage: Release.Stage) -> None:
    agreement = version.agreement
    listed = releases.release(
        pdf,
        agreement,
        number=agreement.number,
        kind=KIND,
        stage=stage,
        name=f"{agreement.file_stem}-v{version.n}.pdf",
        by=None,
        evidence=signatures.listed_evidence(version),
        level=_level(version) if stage == Release.Stage.FINAL else "",
    )
    Edition.objects.create(version=version, stage=stage, release=listed, pdf_sha256=listed.sha256)


def _standing(version: AgreementVersion, state: Agreement.State) -> Agreement | None:
    """The locked agreement if it is still in `state` with this very version."""
    agreement = (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=version.agreement_id)
    )
    return (
        agreement if agreement.state == state and standing_version(agreement) == version else None
    )


def _fail(version: AgreementVersion, refusal: DomainError) -> None:
    with transaction.atomic():
        agreement = _standing(version, State.FROZEN)
        if agreement is not None:
            states.advance(agreement, State.FAILED, by=None)
            notices.tell_failed(agreement, version, reason=str(refusal))


def _is_hopeless(refusal: DomainError) -> bool:
    """The same text would fail again; a broken renderer is worth another try."""
    return isinstance(refusal, TextBeyondLimits) or refusal.code == "document-too-large"

"""From a frozen version to its sealed file, and from the last signature to the concluded one.

Runs in the worker inside the transaction of its effect: killed anywhere, it leaves nothing.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import states
from foundation.documents import files, releases, sealing
from foundation.documents.models import Release
from foundation.documents.rendering import RenderingFailed, TextBeyondLimits
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from partnerships import notices, reminders, signatures, terms
from partnerships.models import Agreement, AgreementVersion, Edition
from partnerships.rendering import render
from partnerships.versions import edition_of, standing_version

State = Agreement.State
TIME_TO_SIGN = dt.timedelta(days=30)
KIND = "agreement"


def issue(version: AgreementVersion) -> None:
    """Render and certify the version, list it, and open it for signatures.

    Does nothing when the agreement was reopened meanwhile or the file is there already.
    """
    if version.agreement.state != State.FROZEN:
        return
    try:
        pdf = sealing.certify(render(version))
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
    """Set the second seal on the issued file, list it and tell everybody. Idempotent."""
    issued = edition_of(version, Release.Stage.ISSUED)
    if version.agreement.state != State.SEALING or issued is None:
        return
    pdf = sealing.conclude(files.read(issued.release.file))
    with transaction.atomic():
        agreement = _standing(version, State.SEALING)
        if agreement is None or not signatures.is_signed_by_all(version):
            return
        _list(version, pdf, Release.Stage.FINAL)
        states.advance(agreement, State.CONCLUDED, by=None, concluded_at=timezone.now())
        terms.plan_reminders(agreement)
        notices.tell_concluded(agreement, version)
        work.request(
            "agreement.protocol", str(version.pk), queue=Effect.Queue.PDF, version_id=version.pk
        )


def _list(version: AgreementVersion, pdf: bytes, stage: Release.Stage) -> None:
    number = version.agreement.number
    listed = releases.release(
        pdf,
        version.agreement,
        number=number,
        kind=KIND,
        stage=stage,
        name=f"{number}-v{version.n}.pdf",
        by=None,
        evidence=signatures.listed_evidence(version),
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

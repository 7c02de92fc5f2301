"""Freezing an agreement: its canonical bytes become a row that never changes.

A frozen version asks for its PDF by itself; what is signed later is this digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version as library_version
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof, demand_fresh
from foundation.audit import trail
from foundation.documents.authority import is_production
from foundation.documents.levels import target_level
from foundation.documents.models import Release
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from partnerships.course.standing import demand_active
from partnerships.models import Agreement, AgreementVersion, Consent, Edition
from partnerships.signing.notices import verify_url
from partnerships.wording import consolidation, drafts, lamps
from partnerships.wording.arms import arms_of
from partnerships.wording.consents import consenting_parties

TEMPLATE = "agreement-1"
LIBRARIES = ("weasyprint", "pydyf", "pyHanko", "rfc8785")


class LampMissing(DomainError):
    """The agreement is not concrete enough; `lamps` says what is missing and where."""

    def __init__(self, missing: Sequence[lamps.Lamp]) -> None:
        sentences = [f"{lamp.label}: {lamp.reason}" for lamp in missing]
        super().__init__(
            "lamp-missing", _("The version cannot be frozen yet.") + " " + " ".join(sentences)
        )
        self.lamps = list(missing)


class NotAgreed(DomainError):
    """Not every city has agreed to the text as it stands now."""


def freeze(agreement: Agreement, *, by: User, proof: Proof) -> AgreementVersion:
    """Turn the agreed text into an immutable version and ask for its PDF.

    `proof` is the fresh second factor of `by`. Raises ProofMissing, LampMissing, NotAgreed;
    for an amendment BaseEnded, BaseMovedOn, AmendmentPending.
    """
    proof = demand_fresh(proof, by)
    with transaction.atomic():
        locked = _locked(agreement)
        demand_active(locked.partnership)
        if not locked.is_open:
            raise NotAgreed(
                "already-frozen", _("This agreement is frozen already. Reload the page.")
            )
        if locked.is_amendment:
            consolidation.demand_current(locked)
        draft = drafts.gather(locked)
        if missing := lamps.unlit(draft):
            raise LampMissing(missing)
        silent = [
            str(party)
            for party in draft.parties
            if party.pk not in consenting_parties(locked, Consent.Purpose.TEXT, draft.digest())
        ]
        if silent or locked.state != Agreement.State.AGREED:
            raise NotAgreed(
                "not-agreed",
                _("These cities have not agreed to the text as it stands now: %(cities)s.")
                % {"cities": ", ".join(silent) or "–"},
            )
        version = _write(draft, by=by)
        states.advance(locked, Agreement.State.FROZEN, by=by)
        trail.record(
            "agreement.frozen",
            locked,
            by=by,
            version=version.n,
            sha256=version.sha256,
            factor=proof.factor,
        )
        work.request(
            "agreement.issue", str(version.pk), queue=Effect.Queue.PDF, version_id=version.pk
        )
    agreement.refresh_from_db(fields=["state"])
    return version


def _write(draft: drafts.Draft, *, by: User) -> AgreementVersion:
    last = draft.agreement.versions.order_by("-n").first()
    n = (last.n if last else 0) + 1
    is_test = not is_production()
    content: dict[str, Any] = {
        **draft.as_printed(),
        "version": n,
        "frozen_on": timezone.localdate().isoformat(),
        "arms": arms_of(party.municipality.slug for party in draft.parties),
        "seal_level": target_level(),
        "verify_url": verify_url(draft.agreement.number),
        "template": TEMPLATE,
        "test": is_test,
    }
    data = rfc8785.dumps(content)
    return AgreementVersion.objects.create(
        agreement=draft.agreement,
        n=n,
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        template=TEMPLATE,
        libraries={name: library_version(name) for name in LIBRARIES},
        is_test=is_test,
        frozen_by=by,
    )


def standing_version(agreement: Agreement) -> AgreementVersion | None:
    """The version that counts now: the newest one, while the text is not open."""
    if agreement.is_open:
        return None
    return agreement.versions.order_by("-n").first()


def edition_of(version: AgreementVersion, stage: Release.Stage) -> Edition | None:
    """The newest sealed file of `version` at this stage, if there is one yet."""
    found = version.editions.filter(stage=stage).select_related("release__file")
    return found.order_by("-pk").first()


def newest_edition(agreement: Agreement) -> Edition | None:
    """The concluded file of the standing version, else the issued one, else None."""
    version = standing_version(agreement)
    if version is None:
        return None
    return version.editions.select_related("release__file").order_by("-pk").first()


def _locked(agreement: Agreement) -> Agreement:
    return (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )

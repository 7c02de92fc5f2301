"""Small makers for the agreement road: words, consents, people as the next request sees them."""

import datetime as dt

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from foundation import states
from foundation.accounts.models import User
from foundation.accounts.proof import Proof
from foundation.audit import trail
from foundation.documents import files, releases
from foundation.documents.models import Release
from foundation.languages import LocalizedText
from partnerships.models import Edition
from partnerships.signing import issuing
from partnerships.wording import agreements, drafts, languages, versions


def both(de: str, en: str = "") -> LocalizedText:
    return LocalizedText.of("de", de, en=en or de)


def enrol(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


def release_all(agreement, by) -> None:
    """Every language as it stands now, released by somebody with a name."""
    draft = drafts.gather(agreement)
    for language in draft.languages:
        languages.release_language(
            agreement,
            language,
            digest=draft.language_digest(language),
            name="Silva Sprachlich",
            function="Übersetzungsdienst",
            by=by,
        )


def agree_by_all(agreement, *people) -> None:
    release_all(agreement, people[0])
    digest = drafts.gather(agreement).digest()
    for party, user in zip(agreement.partnership.parties.order_by("position"), people, strict=True):
        agreements.agree(agreement, party, digest=digest, by=user)


def fresh(user: User) -> User:
    """The same person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def signer(agreement, position: int) -> User:
    return fresh(agreement.signatories.get(party__position=position, released_at=None).user)


def proof_of(user: User, *, age: float = 0) -> Proof:
    at = timezone.now() - dt.timedelta(seconds=age)
    return Proof(user_id=user.pk, factor="totp", at=at)


def digests_of(agreement) -> dict[str, str]:
    version = versions.standing_version(agreement)
    edition = versions.newest_edition(agreement)
    return {"version_sha256": version.sha256, "pdf_sha256": edition.pdf_sha256}


def issue_without_paper(agreement) -> None:
    """What the worker does after freezing, with some bytes instead of a sealed PDF."""
    version = versions.standing_version(agreement)
    stored = files.store(version.sha256.encode(), name="x.pdf", media_type="application/pdf")
    subject_type, subject_id = trail.subject_key(agreement)
    listed = Release.objects.create(
        subject_type=subject_type,
        subject_id=subject_id,
        number=agreement.number,
        kind=issuing.KIND,
        stage=Release.Stage.ISSUED,
        file=stored,
        sha256=stored.sha256,
        revisions=1,
        signatures=1,
        seal_key="0" * 64,
        is_test=True,
        replaces=releases.latest(agreement, issuing.KIND),
    )
    Edition.objects.create(
        version=version, stage=listed.stage, release=listed, pdf_sha256=listed.sha256
    )
    states.advance(agreement, "collecting", by=None, sign_by=timezone.now() + issuing.TIME_TO_SIGN)


def collecting(agreement, by, *people) -> None:
    """Agreed by all, frozen and issued: signatures may come."""
    agree_by_all(agreement, *people)
    versions.freeze(agreement, by=by, proof=proof_of(by))
    issue_without_paper(agreement)


def concluded(agreement, by, *people, on: dt.date | None = None) -> None:
    """As `collecting`, with the seal set; without evidence and paper."""
    collecting(agreement, by, *people)
    states.advance(agreement, "sealing", by=None)
    at = timezone.now() if on is None else timezone.make_aware(dt.datetime.combine(on, dt.time(12)))
    states.advance(agreement, "concluded", by=None, concluded_at=at)

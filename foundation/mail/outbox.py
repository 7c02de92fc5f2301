"""Putting mails into the outbox, holding them back, changing them, and sending them.

Texts are rendered when queued, in the reader's language, so that what staff preview is what leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import states
from foundation.audit import trail
from foundation.documents import files
from foundation.documents.models import StoredFile
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.mail.models import KEPT_FOR, MailAttachment, OutgoingMail

# Everything of a mail that says something about somebody.
WORDS = (
    "to", "to_name", "postal_address", "subject", "body", "phone_note", "unsubscribe_url",
)  # fmt: skip


class AlreadySent(DomainError):
    """The mail has left and cannot be changed any more."""


class AlreadyHeld(DomainError):
    """The mail does not leave anyway: it is on hold or was thrown away."""


class NotForStaff(DomainError):
    """The mail carries a secret; staff see that it left, not what it says."""


def queue(
    kind: str,
    *,
    key: str,
    to: str,
    to_name: str = "",
    language: str,
    subject: models.Model | None,
    context: Mapping[str, Any],
    hold: bool = False,
    secret: bool = False,
    postal_address: str = "",
    hides_address: bool = False,
    unsubscribe_url: str = "",
    attachments: Iterable[StoredFile] = (),
    by: object | None = None,
) -> OutgoingMail:
    """Write a mail of `kind` (templates `mail/<kind>.txt`) in the caller's transaction.

    The template's first line is the mail's subject, the rest its body. The same `key` never makes
    a second mail. `hold` keeps it for preview; without an address it waits to be printed. `secret`
    mails carry a code or link: staff cannot read them, and the words are gone once they left.
    With `hides_address` nobody sees to whom, and the address is gone then, too. A mail with
    `unsubscribe_url` lets the reader's mail program end the subscription. `attachments` leave with
    the mail as they are stored.
    `subject` is None when the mail is about nobody and nothing that the portal knows.
    """
    if secret and (hold or not to):
        raise ValueError("A secret mail goes to its address at once; nobody may keep it to read.")
    to_name = " ".join(to_name.split())  # it stands in the head of the mail: one line
    subject_type, subject_id = ("", "") if subject is None else trail.subject_key(subject)
    with translation.override(language):
        rendered = render_to_string(
            f"mail/{kind}.txt",
            {
                "name": to_name,
                "to_name": to_name,
                "public_url": settings.PUBLIC_URL,
                "office": settings.OFFICE_NAME,
                "site": {
                    "office": settings.OFFICE_NAME,
                    "phone": settings.OFFICE_PHONE,
                    "public_url": settings.PUBLIC_URL,
                    "demo": settings.DEMO,
                },
                **context,
            },
        ).strip()
    head, _newline, body = rendered.partition("\n")
    mail, created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            "to_name": to_name,
            "postal_address": postal_address,
            "language": language,
            "subject": " ".join(head.split())[:200],
            "body": body.strip() + "\n",
            "subject_type": subject_type,
            "subject_id": subject_id,
            "secret": secret,
            "hides_address": hides_address,
            "unsubscribe_url": unsubscribe_url,
        },
    )
    if created:
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=mail, file=each) for each in attachments
        )
    if created and to and not hold:
        release(mail, by=by)
    return mail


def release(mail: OutgoingMail, *, by: object | None) -> None:
    """Let a held mail go: the worker delivers it."""
    if not mail.to:
        raise DomainError("mail-no-address", _("This message has no e-mail address. Print it."))
    with transaction.atomic():
        # Let go again after a hold it needs work of its own: the first piece is done.
        states.advance(mail, OutgoingMail.State.QUEUED, by=by, releases=mail.releases + 1)
        work.request("mail.deliver", mail.delivery_key, queue=Effect.Queue.MAIL, mail_id=mail.pk)


def release_all(mails: Iterable[OutgoingMail], *, by: object) -> int:
    """Let several held mails go, all or none; returns how many."""
    released = 0
    with transaction.atomic():
        for mail in mails:
            release(mail, by=by)
            released += 1
    return released


def deliveries_of(mails: Iterable[OutgoingMail]) -> models.QuerySet[Effect]:
    """The pieces of work that deliver `mails` since they were last let go."""
    return Effect.objects.filter(kind="mail.deliver", key__in=[mail.delivery_key for mail in mails])


def hold(mail: OutgoingMail, *, by: object) -> None:
    """Stop a mail that has not left yet; waits for a delivery that is under way."""
    if mail.secret:
        raise NotForStaff("mail-secret", _("This message carries a secret and cannot be held."))
    if mail.state == OutgoingMail.State.HELD:
        raise AlreadyHeld("mail-already-held", _("This message is on hold already."))
    if mail.state == OutgoingMail.State.CANCELLED:
        raise AlreadyHeld("mail-cancelled", _("This message was thrown away. It does not leave."))
    if mail.state != OutgoingMail.State.QUEUED:
        raise AlreadySent("mail-already-sent", _("This message has already left."))
    states.advance(mail, OutgoingMail.State.HELD, by=by)


def rewrite(mail: OutgoingMail, *, subject: str, body: str, by: object) -> None:
    """Change the words of a held mail."""
    if mail.secret:
        raise NotForStaff("mail-secret", _("This message carries a secret and cannot be changed."))
    with transaction.atomic():
        changed = OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.HELD).update(
            subject=subject, body=body
        )
        if not changed:
            raise AlreadySent(
                "mail-already-sent", _("Only a message on hold can be changed. Hold it first.")
            )
        trail.record("mail.rewritten", mail, by=by)
    mail.subject, mail.body = subject, body


def cancel(mail: OutgoingMail, *, by: object) -> None:
    """Throw a held mail away; the row stays."""
    if mail.state == OutgoingMail.State.QUEUED:
        raise AlreadySent("mail-not-held", _("This message leaves now. Hold it first."))
    states.advance(mail, OutgoingMail.State.CANCELLED, by=by)


def leave_out(stored: StoredFile) -> None:
    """Take a file out of every mail that has not left."""
    MailAttachment.objects.filter(file=stored).exclude(mail__state=OutgoingMail.State.SENT).delete()


def note_printed(mail: OutgoingMail, *, by: object) -> None:
    """The letter twin was printed."""
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(printed_at=Now())
        trail.record("mail.printed", mail, by=by)


def note_phoned(mail: OutgoingMail, *, note: str, by: object) -> None:
    """The message was given by telephone instead; `note` is what was answered."""
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(phoned_at=Now(), phone_note=note)
        trail.record("mail.phoned", mail, by=by)


def forget_old_words() -> int:
    """Erase what old mails said and to whom; that they left stays known. Returns how many.

    Only a mail that is still being tried is kept longer. One that nobody let go or printed, and
    one that was given up, is thrown away.
    """
    under_way = Effect.objects.filter(kind="mail.deliver", state__in=work.PENDING)
    old = OutgoingMail.objects.filter(created_at__lt=Now() - KEPT_FOR).exclude(
        state=OutgoingMail.State.QUEUED,
        pk__in=[ids["mail_id"] for ids in under_way.values_list("arguments", flat=True)],
    )
    words = dict.fromkeys(WORDS, "")
    with transaction.atomic():
        for mail in old.filter(state__in=[OutgoingMail.State.HELD, OutgoingMail.State.QUEUED]):
            states.advance(mail, OutgoingMail.State.CANCELLED, by=None)
        return old.exclude(**words).update(**words)


def forget_mails_about(subject: models.Model) -> None:
    """Erase all words of mails about `subject`; one that has not left yet never will."""
    subject_type, subject_id = trail.subject_key(subject)
    _forget(OutgoingMail.objects.filter(subject_type=subject_type, subject_id=subject_id))


def forget_mails_to(address: str) -> None:
    """Erase all words of mails to `address`; one that has not left yet never will."""
    _forget(OutgoingMail.objects.filter(to__iexact=address))


def _forget(mails: models.QuerySet[OutgoingMail]) -> None:
    with transaction.atomic():
        found = list(mails.select_for_update())
        for mail in found:
            if mail.state in (OutgoingMail.State.HELD, OutgoingMail.State.QUEUED):
                states.advance(mail, OutgoingMail.State.CANCELLED, by=None)
        forgotten = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in found])
        forgotten.update(**dict.fromkeys(WORDS, ""))


def deliver(mail: OutgoingMail) -> None:
    """Hand a queued mail to the mail server; held or sent ones are left alone.

    The caller holds the row's lock, so that nobody can hold back a mail that is just leaving. A
    crash between sending and commit sends again with the same Message-ID.
    """
    if mail.state != OutgoingMail.State.QUEUED:
        return
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[formataddr((mail.to_name, mail.to)) if mail.to_name else mail.to],
        headers={
            "Message-ID": f"<{mail.key}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
            **_way_out(mail),
        },
    )
    for each in mail.attachments.select_related("file"):
        message.attach(each.file.name, files.read(each.file), each.file.media_type)
    message.send()
    spent = {"subject": "", "body": "", "unsubscribe_url": ""} if mail.secret else {}
    if mail.hides_address:
        spent |= {"to": "", "to_name": ""}
    states.advance(mail, OutgoingMail.State.SENT, by=None, sent_at=timezone.now(), **spent)


def _way_out(mail: OutgoingMail) -> dict[str, str]:
    """Headers by which a mail program offers to unsubscribe, without opening a page (RFC 8058)."""
    if not mail.unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

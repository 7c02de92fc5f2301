"""`/postausgang/`: the office reads, changes, holds and lets go what leaves the portal.

Mails that carry a code or a link are listed with their state; what they say is not shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.pages import permissions
from config.pages.forms import CallNoteForm, OutboxFilter, RewriteForm
from foundation.access import require
from foundation.accounts.people import myself
from foundation.audit import trail
from foundation.effects import work
from foundation.effects.models import Effect
from foundation.errors import DomainError
from foundation.mail import outbox as mails
from foundation.mail.models import OutgoingMail
from foundation.posting.once import once

PER_PAGE = 50
State = OutgoingMail.State


@dataclasses.dataclass(frozen=True)
class Line:
    """A mail with what became of it, as sign and words."""

    mail: OutgoingMail
    sign: str
    word: str
    failed: bool = False


@login_required
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first, found by state and by words."""
    require(permissions.can_see_outbox(request.user))
    form = OutboxFilter(request.GET or None)
    found = _matching(form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "lines": _lines(page.object_list)}
    return render(request, "pages/outbox.html", context)


@login_required
@never_cache
@require_safe
def outgoing_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its words, its addressee, what happened to it, and what can be done now."""
    return _show(request, _mail(request, pk), CallNoteForm())


@login_required
@never_cache
@once
def rewrite_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a mail on hold."""
    mail = _mail(request, pk)
    require(mail.state == State.HELD and not mail.secret)
    trail.log_access(myself(request), [mail], purpose="rewrite")
    form = RewriteForm(request.POST or None, initial={"subject": mail.subject, "body": mail.body})
    if form.is_valid():
        try:
            mails.rewrite(mail, **form.cleaned_data, by=myself(request))
            messages.success(request, _("Changed. The mail is still on hold."))
            return redirect("outgoing_mail", pk)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    return render(request, "pages/rewrite_mail.html", {"form": form, "mail": mail})


@login_required
@require_POST
@once
def hold_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a mail that has not left yet."""
    return _step(request, pk, mails.hold, _("The mail is on hold."))


@login_required
@require_POST
@once
def release_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a held mail go."""
    return _step(request, pk, mails.release, _("The mail leaves now."))


@login_required
@require_POST
@once
def cancel_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a held mail away."""
    return _step(request, pk, mails.cancel, _("The mail is thrown away."))


@login_required
@require_POST
@once
def retry_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more what the portal gave up."""
    return _step(request, pk, _retry, _("It is tried again now."))


@login_required
@require_POST
@once
def note_call(request: HttpRequest, pk: int) -> HttpResponse:
    """The message was given by telephone; what was answered is noted."""
    form = CallNoteForm(request.POST)
    if not form.is_valid():
        return _show(request, _mail(request, pk), form)

    def noted(mail: OutgoingMail, *, by: object) -> None:
        mails.note_phoned(mail, note=form.cleaned_data["note"], by=by)

    return _step(request, pk, noted, _("The call is noted."))


@login_required
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words as a letter, ready to print."""
    mail = _mail(request, pk)
    require(not mail.secret)
    trail.log_access(myself(request), [mail], purpose="letter")
    return render(request, "pages/letter.html", {"mail": mail})


@login_required
@require_POST
@once
def note_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter is in the post."""
    return _step(request, pk, mails.note_printed, _("Noted: the letter is in the post."))


def _show(request: HttpRequest, mail: OutgoingMail, call_form: CallNoteForm) -> HttpResponse:
    """The page with the words of a mail, which never opens without a note of who read it."""
    trail.log_access(myself(request), [mail], purpose="outbox")
    context = {
        "mail": mail,
        "line": _lines([mail])[0],
        "history": trail.history_of(mail),
        "call_form": call_form,
    }
    return render(request, "pages/outgoing_mail.html", context)


def _step(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    """One button: do it, say it, or say why not; back to the mail."""
    mail = _mail(request, pk)
    try:
        act(mail, by=myself(request))
        messages.success(request, done)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("outgoing_mail", pk)


def _mail(request: HttpRequest, pk: int) -> OutgoingMail:
    require(permissions.can_see_outbox(request.user))
    return get_object_or_404(OutgoingMail, pk=pk)


def _retry(mail: OutgoingMail, *, by: object) -> None:
    for effect in mails.deliveries_of([mail]).filter(state=Effect.State.DEAD):
        work.revive(effect)
        trail.record("mail.retried", mail, by=by, effect=effect.pk)


def _matching(wish: dict[str, str]) -> QuerySet[OutgoingMail]:
    found = OutgoingMail.objects.all()
    if words := wish.get("q"):
        found = found.filter(
            Q(to__icontains=words, hides_address=False)
            | Q(to_name__icontains=words)
            # What a secret mail says is not shown, so it must not be found either.
            | Q(subject__icontains=words, secret=False)
        )
    state = wish.get("state")
    if state == "letter":
        return found.filter(state=State.HELD, to="", printed_at=None, phoned_at=None)
    if state == "failed":
        dead = Effect.objects.filter(kind="mail.deliver", state=Effect.State.DEAD)
        ids = dead.values_list("arguments__mail_id", flat=True)
        return found.filter(state=State.QUEUED, pk__in=list(ids))
    return found.filter(state=state) if state else found


def _lines(page: Iterable[OutgoingMail]) -> list[Line]:
    """What became of each mail; one query for all of them."""
    listed = list(page)
    effects = {effect.key: effect for effect in mails.deliveries_of(listed)}
    return [_line(mail, effects.get(mail.delivery_key)) for mail in listed]


def _line(mail: OutgoingMail, effect: Effect | None) -> Line:
    if mail.state == State.SENT:
        return Line(mail, "done", _("left"))
    if mail.state == State.CANCELLED:
        return Line(mail, "no", _("thrown away"))
    if mail.phoned_at:
        return Line(mail, "done", _("told by telephone"))
    if mail.printed_at:
        return Line(mail, "done", _("posted as a letter"))
    if mail.state == State.HELD:
        return Line(mail, "open", _("on hold") if mail.to else _("to be printed"))
    if effect is not None and effect.state == Effect.State.DEAD:
        return Line(mail, "late", _("not delivered"), failed=True)
    if effect is not None and effect.last_error:
        return Line(mail, "half", _("tried %(n)d times, goes on") % {"n": effect.attempts})
    return Line(mail, "half", _("leaves now"))

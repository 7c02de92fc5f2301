"""`/benachrichtigungen/`: asking for mails, confirming, changing and ending it, without an account.

Every link of a mail only opens a page; what counts is done by a button. Numbers for the office.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circles.calling.announcements import CALLS
from config.pages import permissions, subscription_topics
from config.pages.subscription_forms import KeepForm, SubscribeForm
from formats.sittings.announcements import SESSIONS
from foundation.access import require
from foundation.accounts.letters import page_language
from foundation.errors import DomainError
from foundation.posting.once import once
from foundation.subscriptions import asking, keeping, links
from foundation.subscriptions.models import Subscriber
from foundation.subscriptions.wishes import Wish
from partnerships.models import Actor
from partnerships.permissions import can_keep_directory

ASKED, OWN = "subscription_link", "subscription_token"


@once
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose and leave an address; the answer is the same whether we knew it or not."""
    wished = request.GET.getlist("was")
    offered = [wish for wish, _name in subscription_topics.everything() if wish.word in wished]
    form = SubscribeForm(request.POST or None, chosen=offered)
    if form.is_valid():
        try:
            _ask(form.cleaned_data["email"], form.wishes(), page_language())
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("subscription_asked")
    return render(request, "pages/subscribe.html", {"form": form})


@require_safe
def subscription_asked(request: HttpRequest) -> HttpResponse:
    """What happens next: look into the mailbox."""
    return render(request, "pages/subscription_asked.html")


@never_cache
@require_safe
def subscription_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link's token into the session and drop it from the address."""
    request.session[ASKED] = token
    return redirect("subscription_confirm")


@never_cache
@once
def subscription_confirm(request: HttpRequest) -> HttpResponse:
    """What was asked for; one button confirms it."""
    token = request.session.get(ASKED, "")
    if request.method == "POST":
        try:
            subscriber = asking.confirm(token)
        except DomainError:
            return _void(request)
        request.session.pop(ASKED, None)
        request.session[OWN] = links.token_of(subscriber)
        messages.success(request, _("Confirmed. You get these mails from now on."))
        return redirect("subscription")
    rows = list(asking.waiting_for(token))
    if not rows:
        return _void(request)
    names = subscription_topics.names_of(map(Wish.of, rows))
    return render(request, "pages/subscription_confirm.html", {"names": names})


@never_cache
@require_safe
def subscription_open(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token of the subscriber's own link into the session."""
    request.session[OWN] = token
    return redirect("subscription")


@never_cache
@once
def subscription(request: HttpRequest) -> HttpResponse:
    """My choice, to be changed at once."""
    found = links.subscriber_of(request.session.get(OWN, ""))
    if found is None:
        return _void(request)
    chosen = keeping.wishes_of(found)
    form = KeepForm(request.POST or None, chosen=chosen, initial={"language": found.language})
    if form.is_valid():
        keeping.choose(found, form.wishes(), language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("subscription")
    return render(request, "pages/subscription.html", {"form": form, "subscriber": found})


@require_POST
@once
def subscription_end(request: HttpRequest) -> HttpResponse:
    """End it: everything about the subscriber is erased."""
    handle = links.handle_of(request.session.pop(OWN, ""))
    if handle is None:
        raise Http404
    keeping.end(handle)
    return redirect("subscription_ended")


@require_safe
def subscription_ended(request: HttpRequest) -> HttpResponse:
    """Nothing is left."""
    return render(request, "pages/subscription_ended.html")


# A mail program has no token of our forms: the signed address is what proves the mailbox.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The one click of a mail program (RFC 8058), or a page with one button for people."""
    handle = links.handle_of(token)
    if handle is None:
        raise Http404
    if request.method == "POST":
        keeping.end(handle)
        return redirect("subscription_ended")
    return render(request, "pages/unsubscribe.html", {"token": token})


@login_required
@never_cache
@require_safe
def subscriber_numbers(request: HttpRequest) -> HttpResponse:
    """How many hear of what: numbers, no addresses."""
    require(permissions.can_see_outbox(request.user))
    counted = {each.wish: each for each in keeping.numbers()}
    lines = [(name, counted[w]) for w, name in subscription_topics.everything() if w in counted]
    context = {"lines": lines, "subscribers": Subscriber.objects.count()}
    return render(request, "pages/subscriber_numbers.html", context)


@login_required
@require_POST
@once
def actor_subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer calls and sessions to an organisation: its own contact gets the link and decides."""
    require(can_keep_directory(request.user))
    visible = Actor.objects.visible_to(request.user).select_related("contact")
    actor = get_object_or_404(visible, slug=slug, contact__isnull=False)
    try:
        _ask(actor.contact.email, [Wish(CALLS), Wish(SESSIONS)], actor.contact.language)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The organisation gets a link by which it can say yes."))
    return redirect("actor_edit", slug)


def _ask(email: str, wishes: list[Wish], language: str) -> None:
    named = subscription_topics.names_of(wishes, language)
    asking.ask(email, wishes, named=named, language=language)


def _void(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/subscription_void.html", status=404)

"""One message to all members of a circle: write it, read it as it leaves, let it go."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles import permissions
from circles.forms.seat import MessageForm
from circles.models import Circle
from circles.seating import messages
from formats.views.letters import show_letters
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def circle_message(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to everybody who has taken a seat; nothing leaves yet."""
    found = _circle(request, slug)
    return answer(
        request,
        MessageForm(request.POST or None),
        lambda form: messages.write(found, **form.cleaned_data, by=myself(request)),
        to=reverse("circle_letters", args=[slug]),
        template="circles/circle_message.html",
        context={"circle": found, "members": messages.members(found).count()},
    )


@login_required
@once
def circle_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Messages that wait to be read; exactly those that were shown leave."""
    found = _circle(request, slug)
    waiting = messages.waiting(found)
    return show_letters(
        request,
        waiting,
        messages.bundles(waiting),
        to=reverse("circle_letters", args=[slug]),
        template="circles/circle_letters.html",
        purpose="circle-messages",
        context={
            "circle": found,
            "trail": [{"url": reverse("circle", args=[slug]), "label": str(found.name)}],
        },
    )


@login_required
@once
@require_POST
def circle_letters_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw all messages away that have not left."""
    found = _circle(request, slug)
    return act_and_return(
        request,
        lambda: messages.throw_away(messages.waiting(found), by=myself(request)),
        to=reverse("circle", args=[slug]),
        done=_("The message is thrown away. Nobody has got it."),
    )


def _circle(request: HttpRequest, slug: str) -> Circle:
    found = get_object_or_404(Circle, slug=slug)
    require(permissions.can_write_to_members(request.user, found))
    return found

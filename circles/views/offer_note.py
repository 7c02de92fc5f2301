"""What somebody who applied on paper says to the offer of a seat, noted by the office."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from circles import permissions
from circles.applying import paper
from circles.forms.paper import OfferNoteForm
from circles.models import Offer
from circles.views.draw_desk import call_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.posting.once import once


@login_required
@once
def offer_note(request: HttpRequest, call_id: int, pk: int) -> HttpResponse:
    """Yes, no or an objection, as it came by letter or telephone."""
    call = call_of(request, call_id)
    offers = Offer.objects.select_related("application", "seat", "draw__call")
    offer = get_object_or_404(offers, pk=pk, draw__call=call)
    require(permissions.can_end_paper(request.user, offer.application))
    form = OfferNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper.note_answer(offer, **form.cleaned_data, by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The answer is noted."))
            return redirect("draw_desk", call.pk)
    context = {"form": form, "offer": offer, "call": call, "circle": call.circle}
    return render(request, "circles/offer_note.html", context)

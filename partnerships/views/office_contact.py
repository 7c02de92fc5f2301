"""`/kontakt/…`: the team of the office, kept by the office in the browser, and a form to write."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import office_contacts
from partnerships.forms.office_contacts import OfficeContactForm, OfficeMessageForm
from partnerships.models import OfficeContact
from partnerships.views.adding import initial_of, texts_of
from partnerships.views.answers import act_and_return, answer


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """The functions of the office and how to reach them; the office also sees hidden ones."""
    may_edit = permissions.is_office(request.user)
    found = OfficeContact.objects.all() if may_edit else office_contacts.shown()
    context = {"contacts": found, "may_edit": may_edit}
    return render(request, "pages/contact.html", context)


@once
def office_write(request: HttpRequest) -> HttpResponse:
    """Anybody may write to the office, without an account and without seeing an address."""
    wished = request.GET.get("an", "")
    initial = {"to": wished if wished.isdecimal() else ""}

    def act(form: OfficeMessageForm) -> None:
        typed = dict(form.cleaned_data)
        office_contacts.write_to(typed.pop("to"), **typed)

    return answer(
        request,
        OfficeMessageForm(request.POST or None, initial=initial),
        act,
        to=reverse("contact"),
        template="partnerships/office_write.html",
        context={},
        done=_("Your message is on its way. We answer within three working days."),
    )


@login_required
@once
def office_contact_new(request: HttpRequest) -> HttpResponse:
    require(permissions.is_office(request.user))
    return answer(
        request,
        OfficeContactForm(request.POST or None),
        lambda form: office_contacts.add(form.details(), by=myself(request)),
        to=reverse("contact"),
        template="partnerships/entry.html",
        context={"heading": _("Add a function of the office"), "back": reverse("contact")},
        done=_("Saved."),
    )


@login_required
@once
def office_contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.is_office(request.user))
    found = get_object_or_404(OfficeContact, pk=pk)
    form = OfficeContactForm(
        request.POST or None,
        texts=texts_of(found, OfficeContactForm.WORDS),
        initial=initial_of(found, *OfficeContactForm.base_fields),
    )
    return answer(
        request,
        form,
        lambda form: office_contacts.change(found, form.details(), by=myself(request)),
        to=reverse("contact"),
        template="partnerships/entry.html",
        context={"heading": _("Change the contact point"), "back": reverse("contact")},
        done=_("Saved."),
    )


@login_required
@require_POST
@once
def office_contact_up(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.is_office(request.user))
    found = get_object_or_404(OfficeContact, pk=pk)
    return act_and_return(
        request,
        lambda: office_contacts.move_up(found, by=myself(request)),
        to=reverse("contact"),
    )

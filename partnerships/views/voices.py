"""Contacts, ambassadors and statements: who speaks for a partnership, and how to reach them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.access import require
from foundation.accounts.models import User
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.course import participation
from partnerships.deeds import ambassadors, letters, statements
from partnerships.forms import voices as forms
from partnerships.views.adding import add, editable, initial_of
from partnerships.views.answers import act_and_return, answer, fetch_partnership

DETAILS = ("office", "email", "person_name", "phone", "shows_email", "name_is_public")


@login_required
@once
def contact_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    return add(
        request,
        found,
        forms.ContactForm(request.POST or None, partnership=found),
        lambda form: participation.name_contact(
            found,
            party=form.cleaned_data["party"],
            function=form.words("function"),
            by=myself(request),
            **{name: form.cleaned_data[name] for name in DETAILS},
        ),
        heading=_("Add a contact point"),
    )


@login_required
@once
def contact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = editable(request, slug)
    contact = get_object_or_404(found.contact_roles, pk=pk)
    form = forms.ContactChangeForm(
        request.POST or None,
        texts={"function": contact.function},
        initial=initial_of(contact, *DETAILS, "is_public"),
    )
    return add(
        request,
        found,
        form,
        lambda form: participation.change_contact(
            contact,
            function=form.words("function"),
            is_public=form.cleaned_data["is_public"],
            by=myself(request),
            **{name: form.cleaned_data[name] for name in DETAILS},
        ),
        heading=_("Change the contact point"),
    )


@once
def contact_write(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Anybody may write to a public contact point, without seeing its address."""
    found = fetch_partnership(request, slug)
    contact = get_object_or_404(found.contact_roles.filter(is_public=True), pk=pk)
    return answer(
        request,
        forms.MessageForm(request.POST or None),
        lambda form: letters.write_to(contact, **form.cleaned_data),
        to=reverse("partnership", args=[slug]),
        template="partnerships/contact_write.html",
        context={"partnership": found, "contact": contact},
        done=_("Your message is on its way to this office."),
    )


@login_required
@once
def ambassador_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)

    def act(form: forms.AmbassadorForm) -> None:
        typed = form.cleaned_data
        ambassadors.appoint(
            found,
            party=typed["party"],
            role=form.words("role"),
            person_name=typed["person_name"],
            name_is_public=typed["name_is_public"],
            # An address without an account stays unknown: nothing here tells who has one.
            user=User.objects.filter(email__iexact=typed["email"] or "-").first(),
            by=myself(request),
        )

    form = forms.AmbassadorForm(request.POST or None, partnership=found)
    return add(request, found, form, act, heading=_("Appoint an ambassador"))


@login_required
@require_POST
@once
def ambassador_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = editable(request, slug)
    kept = get_object_or_404(found.ambassadors, pk=pk)
    return act_and_return(
        request,
        lambda: ambassadors.release(kept, by=myself(request)),
        to=reverse("partnership", args=[slug]),
        done=_("Saved."),
    )


@login_required
@once
def introduction_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The ambassador logs a contact; office and partners may do it for them."""
    found = fetch_partnership(request, slug)
    kept = get_object_or_404(found.ambassadors.filter(ended_on=None), pk=pk)
    require(permissions.can_introduce(request.user, kept))
    return add(
        request,
        found,
        forms.IntroductionForm(request.POST or None),
        lambda form: ambassadors.introduce(kept, **form.cleaned_data, by=myself(request)),
        heading=_("Log a contact"),
    )


@login_required
@once
def statement_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = editable(request, slug)
    return add(
        request,
        found,
        forms.StatementForm(request.POST or None, partnership=found),
        lambda form: statements.quote(found, **form.cleaned_data, by=myself(request)),
        heading=_("Add a statement"),
    )

"""Cities and topics of the directory, and new ones by office and partners."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships import permissions
from partnerships.directory import directory
from partnerships.forms import directory as forms
from partnerships.views.answers import answer


@login_required
@once
def municipality_new(request: HttpRequest) -> HttpResponse:
    require(permissions.is_office(request.user))
    return answer(
        request,
        forms.MunicipalityForm(request.POST or None),
        lambda form: directory.list_municipality(
            form.cleaned_data["slug"],
            name=form.words("name"),
            kind=form.cleaned_data["kind"],
            country=form.cleaned_data["country"],
            region=form.cleaned_data["region"],
            is_fictional=form.cleaned_data["is_fictional"],
            by=myself(request),
        ),
        to=reverse("partnership_new"),
        template="partnerships/entry.html",
        context={"heading": _("Add a city or region"), "back": reverse("partnership_list")},
        done=_("Saved."),
    )


@login_required
@once
def topic_new(request: HttpRequest) -> HttpResponse:
    require(permissions.can_list_actor(request.user))
    return answer(
        request,
        forms.TopicForm(request.POST or None),
        lambda form: directory.list_topic(
            form.cleaned_data["slug"],
            name=form.words("name"),
            kind=form.cleaned_data["kind"],
            by=myself(request),
        ),
        to=reverse("partnership_list"),
        template="partnerships/entry.html",
        context={"heading": _("Add a topic"), "back": reverse("partnership_list")},
        done=_("Saved."),
    )

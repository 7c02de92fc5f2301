"""The page of the D.I.V., and setting it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from formats import permissions
from formats.forms.div import MemberForm, SetUpForm, TermForm
from formats.models import Body, Meeting, Membership, Resolution, Vision, WorkOrder
from formats.sittings import bodies, meetings
from formats.views import weighing
from foundation.access import require
from foundation.accounts.people import myself
from foundation.errors import DomainError
from foundation.look import moments
from foundation.look.figures.year import Session
from foundation.posting.once import once
from partnerships.views.answers import answer


@require_safe
def div(request: HttpRequest) -> HttpResponse:
    """What the D.I.V. is, who sits in it, when it meets, what came of it."""
    body = bodies.the_div()
    if body is None:
        may = permissions.can_set_up(request.user)
        return render(request, "formats/div_missing.html", {"may_set_up": may})
    now = timezone.now()
    year = meetings.year_of(body, now)
    sessions = list(
        Meeting.objects.visible_to(request.user).filter(body=body, year=year).select_related("body")
    )
    context = {
        "body": body,
        "year": year,
        "today": timezone.localdate(),
        "sessions": sessions,
        "strip": [_session(each) for each in sessions if each.state != Meeting.State.CANCELLED],
        "short_years": meetings.short_years(body, now),
        "circulars": Resolution.objects.visible_to(request.user)
        .filter(body=body, meeting=None)
        .prefetch_related("minority")
        .order_by("-pk"),
        "next_session": next((each for each in sessions if each.starts_at > now), None),
        "groups": _groups(body),
        "visions": Vision.objects.visible_to(request.user)
        .select_related("action_field", "adopted_in__body")
        .annotate(orders=Count("work_orders"))
        .order_by("-pk"),
        "orders": WorkOrder.objects.order_by("-number"),
        "may_prepare": permissions.can_prepare(request.user, body),
        "may_write": permissions.can_write_visions(request.user),
        "may_set_up": permissions.can_set_up(request.user),
    }
    return render(request, "formats/div.html", context | weighing.on_body(request.user, body))


@login_required
@once
def div_setup(request: HttpRequest) -> HttpResponse:
    """Make the D.I.V., once."""
    require(permissions.can_set_up(request.user))
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bodies.set_up_div(purpose=form.text("purpose"), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("div")
    return render(request, "formats/div_setup.html", {"form": form})


@login_required
@once
def member_create(request: HttpRequest) -> HttpResponse:
    """Add a member to the D.I.V."""
    require(permissions.can_set_up(request.user))
    body = get_object_or_404(Body, slug=bodies.DIV)
    form = MemberForm(body, request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            bodies.admit_member(body, **form.values(), by=myself(request))
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The member is added."))
            return redirect("div")
    return render(request, "formats/member_create.html", {"form": form, "body": body})


@login_required
@once
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end a membership with everything it allowed."""
    require(permissions.can_set_up(request.user))
    membership = get_object_or_404(
        Membership.objects.select_related("body", "user"),
        body__slug=bodies.DIV,
        pk=pk,
        ends_on=None,
    )
    if request.method == "POST":
        try:
            bodies.end_membership(membership, by=myself(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The membership has ended, and what it allowed as well."))
        return redirect("div")
    return render(request, "formats/member_end.html", {"membership": membership, "form": None})


@login_required
@once
def member_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day of a member's term."""
    require(permissions.can_set_up(request.user))
    found = get_object_or_404(
        Membership.objects.select_related("body", "user"),
        body__slug=bodies.DIV,
        pk=pk,
        ends_on=None,
    )
    return answer(
        request,
        TermForm(request.POST or None, initial={"term_ends_on": found.term_ends_on}),
        lambda form: bodies.set_term(found, form.cleaned_data["term_ends_on"], by=myself(request)),
        to=f"{reverse('div')}#mitglieder",
        template="formats/member_term.html",
        context={"membership": found},
        done=_("The term is changed."),
    )


def _groups(body: Body) -> list[dict[str, object]]:
    """Members by group, as whom they speak for; names stay inside."""
    members = list(
        meetings.members_on(body, timezone.localdate()).order_by("-is_chair", "on_behalf_of")
    )
    return [
        {"label": label, "members": [each for each in members if each.group == group]}
        for group, label in Membership.Group.choices
    ]


def _session(meeting: Meeting) -> Session:
    day = moments.local(meeting.starts_at, meeting.body.time_zone).date()
    text = moments.short_day_text(day)
    return Session(day=day, text=text, held=meeting.state == Meeting.State.HELD)

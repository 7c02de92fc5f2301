"""Decisions of a circle: the list, one of them as a story, and each step of its consent rounds."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circles import permissions
from circles.deciding import decisions, overview, records, rounds, rules, story, voices
from circles.forms.acting import ask_seat
from circles.forms.decision import (
    ChoiceForm,
    DecisionForm,
    IntegrationForm,
    NotedVoiceForm,
    RulesForm,
    RulesIntegrationForm,
    UtteranceForm,
    VoiceForm,
)
from circles.models import Circle, Decision, SeatTerm
from circles.seating.memberships import terms_of
from circles.views.decision_room import address, crumbs, current_round, decision_of, room_of
from foundation.access import require
from foundation.accounts.people import myself
from foundation.posting.once import once
from partnerships.views.answers import act_and_return, answer

STEP = "circles/decision_step.html"


@login_required
@require_safe
def decision_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for me, what is under way, what was decided, and the rules in force."""
    circle = room_of(request, slug)
    context = overview.of_room(circle, terms_of(circle, myself(request))) | {
        "circle": circle,
        "settings": rules.in_force(circle),
        "trail": crumbs(circle)[:-1],
    }
    return render(request, "circles/decision_list.html", context)


@login_required
@once
def decision_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Put rules of procedure to the circle."""
    circle = room_of(request, slug)
    settings = rules.in_force(circle)
    return answer(
        request,
        RulesForm(request.POST or None, initial=settings.values()),
        lambda form: decisions.begin_rules(
            circle, settings=form.settings(), wording=form.cleaned_data["wording"],
            by=myself(request),
        ),
        to=address,
        template="circles/decision_rules.html",
        context={
            "circle": circle,
            "trail": crumbs(circle),
            "settings": settings,
            "text": rules.text_of(settings),
        },
    )  # fmt: skip


@login_required
@once
def decision_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a version of the proposal, or another matter, to the circle."""
    circle = room_of(request, slug)
    return answer(
        request,
        DecisionForm(circle, request.POST or None),
        lambda form: decisions.begin(circle, **form.cleaned_data, by=myself(request)),
        to=address,
        template=STEP,
        context={
            "circle": circle,
            "trail": crumbs(circle),
            "heading": _("Put something to the circle"),
            "lead": _("The first consent round begins at once; all members get a mail."),
            "submit": _("Begin the first round"),
            "back": reverse("decision_list", args=[slug]),
        },
    )


@login_required
@require_safe
def decision(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """One decision with its rounds as a story, and what the reader can do now."""
    found = decision_of(request, slug, n)
    told = story.of(found, myself(request))
    record = records.record_of(found)
    context = told | {
        "circle": found.circle,
        "decision": found,
        "record": record,
        "rounds": [(each, told["chapters"].get(each.n)) for each in record.rounds],
        "trail": crumbs(found.circle),
        "say_form": UtteranceForm(),
        "voice_form": _voice_form(told.get("own"), told["terms"]),
        "ballot_form": ask_seat(
            ChoiceForm(initial={"choice": told.get("choice")}),
            told["terms"],
            first=told["place"].term if "place" in told else None,
        ),
    }
    return render(request, "circles/decision.html", context)


@login_required
@once
@require_POST
def decision_move_on(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """To the next step of the round."""
    found = decision_of(request, slug, n)
    require(permissions.can_lead_rounds(request.user, found))
    return act_and_return(
        request,
        lambda: rounds.move_on(
            current_round(found), seen=request.POST.get("seen", ""), by=myself(request)
        ),
        to=address(found),
    )


@login_required
@once
def decision_say(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A question, an answer, an opinion."""
    found = decision_of(request, slug, n)
    current = current_round(found)

    def say(form: UtteranceForm) -> object:
        asked = form.cleaned_data["answers"]
        question = asked and get_object_or_404(current.utterances, pk=asked)
        words = {"seen": form.cleaned_data["seen"], "text": form.cleaned_data["text"]}
        return voices.say(current, **words, answers=question or None, by=myself(request))

    return one_step(
        request,
        found,
        UtteranceForm(request.POST or None, initial={"seen": current.phase}),
        say,
        heading=_("Your words"),
        submit=_("Say it"),
        done=_("It stands in the round."),
    )


@login_required
@once
def decision_voice(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A member's own voice; the newest counts."""
    found = decision_of(request, slug, n)
    require(permissions.is_member(request.user, found.circle))
    current = current_round(found)
    terms = list(terms_of(found.circle, myself(request)))
    own = story.own_standing(current, terms)
    return one_step(
        request,
        found,
        _voice_form(own, terms, request.POST or None),
        lambda form: voices.give(current, **form.cleaned_data, by=myself(request)),
        heading=_("Your voice"),
        submit=_("Give my voice"),
        done=_("Your voice counts. You can change it until the round is closed."),
    )


@login_required
@once
def decision_note(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Staff writes down what a member in the room says; the member is told."""
    found = decision_of(request, slug, n)
    require(permissions.can_host(request.user, found.circle))
    return one_step(
        request,
        found,
        NotedVoiceForm(found.circle, request.POST or None),
        lambda form: voices.note(current_round(found), **form.cleaned_data, by=myself(request)),
        heading=_("Write down a voice"),
        submit=_("Write it down"),
        lead=_("Only what a member says in the room. They get a mail and can correct it; "
               "whoever has spoken for themselves is not written down."),
        done=_("Written down. The member is told by mail."),
    )  # fmt: skip


@login_required
@once
@require_POST
def decision_close(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Count the voices of the round."""
    found = decision_of(request, slug, n)
    require(permissions.can_lead_rounds(request.user, found))
    return act_and_return(
        request,
        lambda: rounds.close(current_round(found), by=myself(request)),
        to=address(found),
        done=_("The round is closed."),
    )


@login_required
@once
def decision_integrate(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """New words or a newer version, and the next round."""
    found = decision_of(request, slug, n)
    require(permissions.can_lead_rounds(request.user, found))

    def integrate(form: Form) -> object:
        given = form.cleaned_data
        words = {"wording": given["wording"], "integration": given["integration"]}
        settings = form.settings() if isinstance(form, RulesIntegrationForm) else None
        return rounds.open_next(
            found, **words, version=given.get("version"), settings=settings, by=myself(request)
        )

    return one_step(
        request,
        found,
        _integration_form(request, found),
        integrate,
        heading=_("Change the words and ask again"),
        submit=_("Begin the next round"),
        lead=_("Say what has changed, so that everybody sees what an objection has led to."),
    )


@login_required
@once
@require_POST
def decision_withdraw(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Give the matter up."""
    found = decision_of(request, slug, n)
    return act_and_return(
        request,
        lambda: decisions.withdraw(found, by=myself(request)),
        to=address(found),
        done=_("Withdrawn. Its number and its rounds stay."),
    )


@require_safe
def decision_public(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """What was decided, how, with which figures, and what the minority says; for everybody."""
    circle = get_object_or_404(Circle, slug=slug)
    found = get_object_or_404(
        Decision.objects.decided().select_related("version"), circle=circle, n=n
    )
    found.circle = circle
    context = {
        "circle": circle,
        "decision": found,
        "record": records.record_of(found),
        "trail": crumbs(circle)[:1],
        "may_enter": permissions.can_enter_room(request.user, circle),
    }
    return render(request, "circles/decision_public.html", context)


def _voice_form(
    own: rounds.Standing | None, terms: list[SeatTerm], data: QueryDict | None = None
) -> VoiceForm:
    """With what the member has said so far, to be corrected."""
    voice = own.newest if own else None
    words = {name: getattr(voice, name) for name in VoiceForm.base_fields} if voice else {}
    first = own.place.term if own else None
    return ask_seat(VoiceForm(data, initial=words), terms, first=first)


def _integration_form(request: HttpRequest, found: Decision) -> Form:
    if found.kind != Decision.Kind.RULES:
        return IntegrationForm(found, request.POST or None)
    current = current_round(found)
    before = rules.of(current.rules).values() if hasattr(current, "rules") else None
    return RulesIntegrationForm(request.POST or None, initial=before)


def one_step(
    request: HttpRequest, found: Decision, form: Any, act: Any, *, done: str = "", **words: str
) -> HttpResponse:
    """A page with the form of one step; back to the decision."""
    context = {"circle": found.circle, "decision": found, "back": address(found), **words}
    context["trail"] = crumbs(found.circle, found)
    return answer(request, form, act, to=address(found), template=STEP, context=context, done=done)

"""A section of a proposal: read and remarked, written without overwriting anybody, arranged."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circles.forms.acting import ask_seat, seat_in
from circles.forms.proposal import HeadingForm, SectionRemarkForm, WritingForm
from circles.models import Contribution
from circles.proposing import answers, remarks, sections
from circles.proposing.sections import Part
from circles.seating import acting
from circles.views.proposal_doors import Room, address_of, enter, part_in, proposal_in
from formats.forms.localized import initial_of
from foundation.accounts.people import myself
from foundation.languages import LocalizedText
from foundation.posting.once import once
from foundation.texts.paragraphs import ParagraphChanged
from foundation.texts.redline import redline_by_line
from partnerships.views.answers import act_and_return, answer


@login_required
@once
def section_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new section at the end."""
    room = enter(request, slug)
    found = proposal_in(room)
    return answer(
        request,
        HeadingForm(request.POST or None),
        lambda form: sections.add(found, form.text("heading"), by=myself(request)),
        to=lambda made: address_of(room, "section", made.paragraph.slug),
        template="circles/proposal_form.html",
        context=room.context(heading=_("Add a section"), submit=_("Add")),
    )


@login_required
@once
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """The words, who wrote them, and what members say about them; a remark is written here."""
    room = enter(request, slug)
    part = part_in(room, section)
    said = [(each, acting.seat_and_name(each.member)) for each in remarks.remarks_on(part.section)]
    return answer(
        request,
        SectionRemarkForm(request.POST or None),
        lambda form: remarks.remark(part.section, form.cleaned_data["text"], by=myself(request)),
        to=address_of(room, "section", section) + "#anmerkungen",
        template="circles/section.html",
        context=room.context(part=part, remarks=said, history=sections.history_of(part.section)),
        done=_("Your remark is there."),
    )


@login_required
@once
def section_rename(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Another heading."""
    room = enter(request, slug)
    part = part_in(room, section)
    form = HeadingForm(
        request.POST or None,
        initial=initial_of("heading", part.heading),
        kept={"heading": part.heading},
    )
    return answer(
        request,
        form,
        lambda form: sections.rename(part.section, form.text("heading"), by=myself(request)),
        to=address_of(room, "section", section),
        template="circles/proposal_form.html",
        context=room.context(heading=_("Change the heading"), submit=_("Save")),
        done=_("Saved."),
    )


@login_required
@require_POST
@once
def section_place(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One place up or down, taken out, or brought back."""
    room = enter(request, slug)
    found = part_in(room, section).section
    me = myself(request)
    steps = {
        "up": (lambda: sections.move(found, step=-1, by=me), ""),
        "down": (lambda: sections.move(found, step=1, by=me), ""),
        "out": (
            lambda: sections.take_out(found, by=me),
            _("Taken out. It stands below the outline, and from there it comes back."),
        ),
        "back": (lambda: sections.put_back(found, by=me), _("The section is back, at the end.")),
    }
    wanted = steps.get(request.POST.get("to", ""))
    if wanted is None:
        raise Http404
    act, done = wanted
    return act_and_return(request, act, to=address_of(room) + "#abschnitte", done=done)


@login_required
@once
def section_write(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Write it. When somebody was faster both texts are shown; nothing typed is lost."""
    room = enter(request, slug)
    part = part_in(room, section)
    because = _because(request, part)
    posted = request.POST.copy() if request.method == "POST" else None
    context = _beside(room, part, because)
    if posted is not None and "take" in posted:
        # Theirs goes into the form, mine stays beside it to be copied from.
        context["mine"] = posted.get("body_de", "")
        return render(request, "circles/section_write.html", {**context, "form": _blank(part)})
    blank = WritingForm(posted) if posted is not None else _blank(part, because)
    form = ask_seat(blank, room.terms)
    return answer(
        request,
        form,
        lambda form: _save(request, part, because, form, posted, context),
        to=address_of(room, "section", section),
        template="circles/section_write.html",
        context=context,
        done=_("Saved. The wording before is kept below."),
    )


def _save(
    request: HttpRequest,
    part: Part,
    because: Contribution | None,
    form: WritingForm,
    posted: QueryDict | None,
    context: dict[str, Any],
) -> None:
    body, based_on, seat = form.body(part.body), form.cleaned_data["based_on"], seat_in(form)
    try:
        if because is None:
            sections.write(part.section, body, based_on=based_on, seat=seat, by=myself(request))
        else:
            answers.write_from(because, body, based_on=based_on, seat=seat, by=myself(request))
    except ParagraphChanged as refusal:
        theirs = refusal.theirs
        if posted is not None:
            # The next attempt is knowingly on top of theirs, which the page now shows.
            posted["based_on"] = str(theirs.n)
        context["theirs"] = theirs
        context["pieces"] = redline_by_line(theirs.body.get("de"), body.get("de"))
        raise


def _because(request: HttpRequest, part: Part) -> Contribution | None:
    """The contribution that this wording follows from, if the way led here from its answer."""
    wanted = request.GET.get("wegen", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    rows = Contribution.objects.select_related("link__round", "section__proposal__circle")
    return get_object_or_404(rows, pk=wanted, section=part.section, answer__isnull=False)


def _blank(part: Part, because: Contribution | None = None) -> WritingForm:
    words: LocalizedText = part.body
    german = because.words if because and because.words else words.get("de")
    return WritingForm(
        initial={"body_de": german, "body_en": words.get("en"), "based_on": part.revision.n}
    )


def _beside(room: Room, part: Part, because: Contribution | None) -> dict[str, Any]:
    return room.context(part=part, because=because)

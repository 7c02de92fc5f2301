"""A reviewer's own pages, by a personal link and without an account.

The token leaves the address at once; the session keeps its digest.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circles.forms.feedback import ContributionForm
from circles.models import ReviewLink
from circles.proposing import contributions, feedback_rounds, review_links, versions
from circles.seating import seats
from circles.seating.links import digest_of
from foundation.accounts.letters import page_language
from foundation.errors import DomainError
from foundation.posting.once import once
from partnerships.views.answers import act_and_return

SESSION_KEY = "feedback_digest"
# What this browser said last, so that the person need not be asked again.
LAST_KEY = "feedback_last"


@never_cache
@require_safe
def feedback_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token's digest in the session and drop the token from the address."""
    if review_links.find_by_token(token) is None:
        raise Http404
    request.session[SESSION_KEY] = digest_of(token)
    return redirect("feedback")


@never_cache
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """The version, section by section, and what was said by this link; of nobody else."""
    link = _link(request)
    version = link.round.version
    seat = link.member.seat
    is_revoked = link.revoked_at is not None
    standing = link.contributions.none() if is_revoked else link.contributions.all()
    said = standing.filter(withdrawn_at=None).select_related("section__paragraph", "answer")
    headings = versions.headings_of(version)
    context = {
        "link": link,
        "round": link.round,
        "circle": version.proposal.circle,
        "version": version,
        "runs": not is_revoked and feedback_rounds.takes_contributions(link.round),
        "is_revoked": is_revoked,
        "asked_by": seats.title_of(seat),
        "title": "" if is_revoked else versions.text_of(version.data["title"]),
        "passages": [] if is_revoked else versions.passages_of(version),
        "said": [
            (each, headings[each.section.paragraph.slug], getattr(each, "answer", None))
            for each in said
        ],
    }
    return render(request, "circles/feedback.html", context)


@never_cache
@once
def feedback_write(request: HttpRequest, position: int) -> HttpResponse:
    """Comment on a section, or change its words into those one would rather read."""
    link = _link(request)
    passage = None if link.revoked_at else contributions.passage_of(link, position)
    if passage is None:
        raise Http404
    form = ContributionForm(request.POST or None, initial=_known_of(request, link, passage))
    if request.method == "POST" and form.is_valid():
        try:
            made = contributions.contribute(
                link, passage, **form.values(), language=page_language()
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            request.session[LAST_KEY] = made.pk
            messages.success(request, _("Thank you. The circle reads what you wrote."))
            return redirect(reverse("feedback") + f"#abschnitt-{position}")
    context = {
        "form": form,
        "passage": passage,
        "round": link.round,
        "circle": link.round.version.proposal.circle,
        "runs": feedback_rounds.takes_contributions(link.round),
    }
    return render(request, "circles/feedback_write.html", context)


@require_POST
@once
def feedback_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was said by this link."""
    link = _link(request)
    if link.revoked_at is not None:
        raise Http404
    own = link.contributions.filter(withdrawn_at=None).select_related("link")
    wanted = get_object_or_404(own, pk=pk)
    return act_and_return(
        request,
        lambda: contributions.withdraw(wanted),
        to=reverse("feedback"),
        done=_("Withdrawn. Its words are deleted."),
    )


def _link(request: HttpRequest) -> ReviewLink:
    found = review_links.find_by_digest(request.session.get(SESSION_KEY, ""))
    if found is None:
        raise Http404
    return found


def _known_of(request: HttpRequest, link: ReviewLink, passage: versions.Passage) -> dict[str, str]:
    """The section's words, and what was said of the person last time: nobody is asked twice.

    Of this browser only: a group may share a link, and its addresses are nobody else's business.
    """
    words = {"words": passage.body.get("de")}
    last = link.contributions.filter(pk=request.session.get(LAST_KEY, 0), withdrawn_at=None).first()
    if last is None:
        return words
    return words | {name: getattr(last, name) for name in ("on_behalf_of", "sector", "email")}

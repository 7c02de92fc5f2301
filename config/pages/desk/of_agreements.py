"""What agreements wait for beside signatures: answers, comparisons, declarations, ends, reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.pages.desk.items import AT_MOST, Item, end_of
from foundation.accounts.mandates import holds_any, subjects_of
from foundation.accounts.models import Role, User
from foundation.texts.models import Suggestion
from partnerships.models import (
    Agreement,
    AgreementVersion,
    Comparison,
    Municipality,
    Party,
    Submission,
)
from partnerships.permissions import is_office
from partnerships.wording import overview, terms

State = Agreement.State
END_AHEAD = dt.timedelta(days=max(terms.REMINDERS))
# What the office's own lines say already.
STOPPED = (State.AGREED, State.DECLINED, State.EXPIRED, State.FAILED)


def items(user: User) -> list[Item]:
    """For partners of the cities and the office; whoever only signs or reads has nothing here."""
    if not holds_any(user, Role.OFFICE, Role.PARTNER):
        return []
    cities = subjects_of(user, Role.PARTNER, Municipality)
    parties = list(Party.objects.filter(municipality_id__in=cities)) if cities else []
    lines = overview.lines_for(user)
    return [
        *_tasks(user, lines),
        *_suggestions(user, parties),
        *_comparisons(user, parties),
        *_terms(user, lines, parties),
    ]


def _tasks(user: User, lines: Iterable[overview.Line]) -> list[Item]:
    """What a side has to do for an agreement to go on."""
    office = is_office(user)
    return [
        Item(
            _("%(number)s waits for your side: %(task)s")
            % {"number": line.agreement.number, "task": line.task},
            str(line.agreement.partnership),
            reverse("agreement", args=_address(line.agreement)),
            _("Look"),
            until=line.agreement.sign_by if line.agreement.state == State.COLLECTING else None,
        )
        for line in lines
        if line.is_ours and not (office and line.agreement.state in STOPPED)
    ][:AT_MOST]


def _suggestions(user: User, parties: list[Party]) -> list[Item]:
    """Changes that the other side suggested; one line for each agreement."""
    own = {str(party.pk) for party in parties}
    open_ = Agreement.objects.filter(
        partnership__in={party.partnership_id for party in parties}, state__in=Agreement.OPEN
    )
    agreements = {str(each.pk): each for each in open_.select_related("partnership")}
    if not agreements:
        return []
    waiting = (
        Suggestion.objects.filter(
            answer=None,
            paragraph__subject_type=Agreement._meta.label_lower,
            paragraph__subject_id__in=agreements,
        )
        .exclude(Q(side__in=own) | Q(suggested_by=user))
        .select_related("paragraph")
        .order_by("suggested_at", "pk")
    )
    found: dict[str, list[Suggestion]] = {}
    for each in waiting[:200]:
        found.setdefault(each.paragraph.subject_id, []).append(each)
    return [_suggested(agreements[key], mine) for key, mine in found.items()][:AT_MOST]


def _suggested(agreement: Agreement, waiting: list[Suggestion]) -> Item:
    headings = list(dict.fromkeys(str(each.paragraph.heading) for each in waiting))
    what = ngettext(
        "%(number)s: a suggested change waits for an answer",
        "%(number)s: %(n)d suggested changes wait for an answer",
        len(waiting),
    )
    return Item(
        what % {"number": agreement.number, "n": len(waiting)},
        ". ".join([str(agreement.partnership), ", ".join(headings[:3])]),
        reverse("agreement_remarks", args=[*_address(agreement), waiting[0].paragraph.slug]),
        _("Accept or decline"),
        since=waiting[0].suggested_at,
    )


def _comparisons(user: User, parties: list[Party]) -> list[Item]:
    """Scans and files that this reader may compare: neither brought nor signed by them."""
    newest = AgreementVersion.objects.filter(agreement=OuterRef("version__agreement"))
    answers = Comparison.objects.filter(submission=OuterRef("pk"))
    theirs = Q(version__agreement__partnership__in={party.partnership_id for party in parties})
    # A file from another program is compared once for each city, by its own partners.
    answered = answers.filter(Q(reviewer=user) | Q(party__in=[party.pk for party in parties]))
    paper = Q(kind=Submission.Kind.PAPER)
    waiting = (
        Submission.objects.filter(
            theirs | paper if is_office(user) else theirs,
            state=Submission.State.WAITING,
            version__agreement__state=State.COLLECTING,
            version=Subquery(newest.order_by("-n").values("pk")[:1]),
        )
        .exclude(Q(brought_by=user) | Q(signatory__user=user) | Exists(answered))
        .select_related("version__agreement__partnership", "signatory__party__municipality")
        .order_by("brought_at", "pk")
    )
    return [
        Item(
            _("Compare a signature for %(number)s: %(city)s")
            % {"number": each.version.agreement.number, "city": each.signatory.party},
            str(each.get_kind_display()),
            reverse("evidence_compare", args=[*_address(each.version.agreement), each.pk]),
            _("Compare"),
            since=each.brought_at,
        )
        for each in waiting[:AT_MOST]
    ]


def _terms(user: User, lines: Iterable[overview.Line], parties: list[Party]) -> list[Item]:
    """Concluded agreements that end, or are to be looked at together."""
    today = timezone.localdate()
    ours = {party.partnership_id for party in parties}
    found = []
    for line in lines:
        agreement = line.agreement
        mine = is_office(user) or agreement.partnership_id in ours
        if not mine or agreement.state != State.CONCLUDED or agreement.is_amendment:
            continue
        if line.end is not None and today <= line.end <= today + END_AHEAD:
            found.append(_ends(agreement, line.end))
        over = line.end is not None and line.end < today
        review = agreement.review_on
        if review is not None and review <= today + terms.REVIEW_AHEAD and not over:
            found.append(_review(agreement, review))
    return found[:AT_MOST]


def _ends(agreement: Agreement, day: dt.date) -> Item:
    return Item(
        _("%(number)s ends") % {"number": agreement.number},
        _("%(partnership)s. Renew it in time, or let it end.")
        % {"partnership": agreement.partnership},
        reverse("agreement", args=_address(agreement)),
        _("Look"),
        until=end_of(day),
        whole_day=True,
    )


def _review(agreement: Agreement, day: dt.date) -> Item:
    return Item(
        _("Look at %(number)s together") % {"number": agreement.number},
        _("%(partnership)s. Afterwards note the day of the next review.")
        % {"partnership": agreement.partnership},
        reverse("agreement_review", args=_address(agreement)),
        _("Note the review"),
        until=end_of(day),
        whole_day=True,
    )


def _address(agreement: Agreement) -> list[str]:
    return [agreement.partnership.slug, agreement.number]

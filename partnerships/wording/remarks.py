"""Both cities talk about clauses: comments, notes of one side, suggested changes and their answers.

Whoever speaks for a city is of that side; the office is a side of its own. Open suggestions do not
stop cities from agreeing to the text: they are told of them, clearly, and decide.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import states
from foundation.accounts.models import User
from foundation.effects import work
from foundation.errors import DomainError
from foundation.texts import suggestions
from foundation.texts.models import Comment, Revision, Suggestion
from foundation.texts.redline import Piece, redline
from partnerships import permissions
from partnerships.models import Agreement
from partnerships.permissions import Reader
from partnerships.signing import notices
from partnerships.wording.clauses import Clause, TextIsFixed, check_words, clause_of, clauses_of
from partnerships.wording.wording import reworded

OFFICE = "office"


class NoSide(DomainError):
    """The person speaks for none of the cities and is not of the office."""


@dataclasses.dataclass(frozen=True)
class Redlined:
    """A suggestion beside the text: per language what would go and what would come."""

    suggestion: Suggestion
    side: str
    pieces: Sequence[tuple[str, Sequence[Piece]]]
    is_open: bool


def side_of(user: Reader, agreement: Agreement) -> str:
    """The side that `user` is on: the id of a party, "office", or "" for neither."""
    party = permissions.party_of(user, agreement.partnership)
    if party is not None:
        return str(party.pk)
    return OFFICE if permissions.is_office(user) else ""


def names_of_sides(agreement: Agreement) -> dict[str, str]:
    """The name of every side, for people."""
    parties = agreement.partnership.parties.select_related("municipality")
    return {OFFICE: _("Office")} | {str(party.pk): str(party) for party in parties}


def comment(
    agreement: Agreement, clause: Clause, text: str, *, by: User, is_internal: bool = False
) -> Comment:
    """Say something about a clause, to everybody or to one's own side only.

    Raises TextIsFixed, NoSide, NothingSaid.
    """
    with transaction.atomic():
        side = _demand_side(_locked(agreement), by)
        made = suggestions.comment(
            clause.paragraph, text, side=side, is_internal=is_internal, by=by
        )
        if not is_internal:
            _ask_for_mail(agreement)
    return made


def suggest(
    agreement: Agreement, clause: Clause, words: Mapping[str, str], *, by: User, reason: str = ""
) -> Suggestion:
    """Suggest other words for a clause. Raises TextIsFixed, NoSide, NothingSaid, ClauseTooLong."""
    for text in words.values():
        check_words(text)
    with transaction.atomic():
        side = _demand_side(_locked(agreement), by)
        made = suggestions.suggest(
            clause.paragraph, words, based_on=clause.revision, side=side, reason=reason, by=by
        )
        _ask_for_mail(agreement)
    return made


def accept(agreement: Agreement, suggestion: Suggestion, *, based_on: int, by: User) -> Revision:
    """Put the suggested words in place of those of revision `based_on`; the author is credited.

    An agreed text falls back to draft. Raises TextIsFixed, NoSide, AlreadyAnswered, NotTheirs,
    ParagraphChanged.
    """
    with transaction.atomic():
        locked = _locked(agreement)
        _demand_side(locked, by)
        clause = clause_of(locked, suggestion.paragraph.slug)
        if clause is None:
            raise TextIsFixed("clause-gone", _("This clause is not there any more."))
        body = reworded(clause.body, suggestion.words)
        revision = suggestions.accept(suggestion, body, based_on=based_on, by=by)
        if locked.state == Agreement.State.AGREED:
            states.advance(locked, Agreement.State.DRAFT, by=by)
    agreement.refresh_from_db(fields=["state"])
    return revision


def decline(agreement: Agreement, suggestion: Suggestion, *, reason: str, by: User) -> None:
    """Say no with a reason. Raises TextIsFixed, NoSide, ReasonMissing, NotTheirs."""
    with transaction.atomic():
        _demand_side(_locked(agreement), by)
        suggestions.decline(suggestion, reason=reason, by=by)


def withdraw(agreement: Agreement, suggestion: Suggestion, *, by: User) -> None:
    """The author takes a suggestion back. Raises TextIsFixed, NoSide, NotTheirs."""
    with transaction.atomic():
        _demand_side(_locked(agreement), by)
        suggestions.withdraw(suggestion, by=by)


def counts_of(agreement: Agreement, user: Reader) -> dict[str, tuple[int, int]]:
    """Per clause what `user` may read: (comments, open suggestions); two queries."""
    sides = {side_of(user, agreement)} - {""}
    by_slug = models.F("paragraph__slug")
    comments = suggestions.comments_on(agreement, sides=sides).order_by()
    waiting = suggestions.open_on(agreement).order_by()
    said = dict(comments.values_list(by_slug).annotate(n=models.Count("pk")))
    opened = dict(waiting.values_list(by_slug).annotate(n=models.Count("pk")))
    return {slug: (said.get(slug, 0), opened.get(slug, 0)) for slug in {*said, *opened}}


def comments_for(agreement: Agreement, clause: Clause, user: Reader) -> list[tuple[Comment, str]]:
    """The comments on a clause that `user` may read, each with the name of its side."""
    names = names_of_sides(agreement)
    sides = {side_of(user, agreement)} - {""}
    found = suggestions.comments_on(agreement, sides=sides).filter(paragraph=clause.paragraph)
    return [(each, names.get(each.side, "")) for each in found]


def redlined(agreement: Agreement, clause: Clause) -> list[Redlined]:
    """The suggestions for a clause; open ones against the words that stand now."""
    names = names_of_sides(agreement)
    wordings = {revision.n: revision.body for revision in clause.paragraph.revisions.all()}
    found = suggestions.suggestions_on(agreement).filter(paragraph=clause.paragraph)
    rows = []
    for each in found:
        is_open = not hasattr(each, "answer")
        old = clause.body if is_open else wordings[each.based_on]
        pieces = [
            (language, redline(old.get(language), text)) for language, text in each.words.items()
        ]
        rows.append(Redlined(each, names.get(each.side, ""), pieces, is_open))
    return sorted(rows, key=lambda row: (not row.is_open, row.suggestion.pk))


def tell(agreement: Agreement) -> None:
    """One mail to each person for all that the other sides have said since the last one."""
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        now = timezone.now()
        fresh = {"told_at": None}
        said = list(suggestions.comments_on(locked, sides=set()).filter(**fresh))
        suggested = list(suggestions.suggestions_on(locked).filter(**fresh))
        clauses = {clause.paragraph.pk: clause for clause in clauses_of(locked)}
        fresh_ones: list[Comment | Suggestion] = [*said, *suggested]
        news = [
            (each.side, clauses[each.paragraph_id], isinstance(each, Suggestion))
            for each in fresh_ones
        ]
        Comment.objects.filter(pk__in=[each.pk for each in said]).update(told_at=now)
        Suggestion.objects.filter(pk__in=[each.pk for each in suggested]).update(told_at=now)
        people = {user.pk: user for user in notices.partners_of(locked)}
        for user in people.values():
            _tell_one(locked, user, [new for new in news if new[0] != side_of(user, locked)], now)
        _tell_one(locked, None, [new for new in news if new[0] != OFFICE], now)


def _tell_one(
    agreement: Agreement,
    user: User | None,
    news: Sequence[tuple[str, Clause, bool]],
    now: dt.datetime,
) -> None:
    if not news:
        return
    lines: dict[str, list[int]] = {}
    heads = {clause.slug: clause for _side, clause, _is in news}
    for _side, clause, is_suggestion in news:
        lines.setdefault(clause.slug, [0, 0])[int(is_suggestion)] += 1
    ordered = sorted(lines.items(), key=lambda line: heads[line[0]].number)
    context = {"lines": [(heads[slug], *numbers) for slug, numbers in ordered]}
    notices.tell_remarks(
        agreement, user, key=f"a{agreement.pk}-{now:%Y%m%d%H%M%S}", context=context
    )


def _ask_for_mail(agreement: Agreement) -> None:
    """At the next full hour, once for all that is said until then."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    work.request(
        "agreement.remarks",
        f"a{agreement.pk}-{hour:%Y%m%d%H}",
        due_at=hour,
        agreement_id=agreement.pk,
    )


def _locked(agreement: Agreement) -> Agreement:
    locked = (
        Agreement.objects.select_related("partnership")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )
    if not locked.is_open:
        raise TextIsFixed(
            "text-is-fixed",
            _("The text is frozen. Reopen the agreement if it has to change."),
        )
    return locked


def _demand_side(agreement: Agreement, user: User) -> str:
    side = side_of(user, agreement)
    if not side:
        raise NoSide("no-side", _("You speak for none of these cities."))
    return side

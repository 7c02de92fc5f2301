"""What members say in a round: questions and answers, opinions, and the voice that counts.

Nobody speaks for somebody else. Staff may write down what a member says in the room: it shows,
the member is told, and their own word goes before it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from circles.deciding import leading, letters
from circles.models import ConsentPlace, ConsentRound, ConsentVoice, SeatTerm, Utterance
from circles.seating import acting
from foundation import database
from foundation.accounts.models import User
from foundation.audit import trail
from foundation.errors import DomainError

Kind = ConsentVoice.Kind
Phase = ConsentRound.Phase


class NotNow(DomainError):
    """The round is at another step, or closed."""


class NotOnTheRoll(DomainError):
    """Whoever joined after voices were opened speaks in the next round."""


class ReasonMissing(DomainError):
    """An objection without harm or lift, a concern without words."""


class SpokenAlready(DomainError):
    """The member has spoken for themselves, or objects."""


def say(
    current: ConsentRound, *, seen: str, text: str, answers: Utterance | None = None, by: User
) -> Utterance:
    """A question, an answer or an opinion in step `seen`, as the page showed it."""
    with transaction.atomic():
        current = _share(current)
        who = leading.anybody(current.decision.circle, by)
        speaking = current.phase in Utterance.Step.values
        if not speaking or (answers is None and current.phase != seen):
            raise NotNow(
                "step-over",
                _("This step is over. Copy your words and say them in the step that is open now."),
            )
        step = Utterance.Step.QUESTIONS if answers else Utterance.Step(current.phase)
        if who.member is None and answers is None and step != Utterance.Step.QUESTIONS:
            raise acting.NotAMember("members-only", _("Opinions are given by members."))
        if not text.strip():
            raise ReasonMissing("no-words", _("Please write something."))
        made = Utterance.objects.create(
            round=current, step=step, term=who.member, host=who.host, answers=answers,
            text=text.strip(),
        )  # fmt: skip
        trail.record("decision.said", current, by=who.host, step=str(step))
    return made


def give(
    current: ConsentRound,
    kind: str,
    *,
    concern: str = "",
    harm: str = "",
    lift: str = "",
    seat: SeatTerm | None = None,
    by: User,
) -> ConsentVoice:
    """The voice of a member; the newest counts, so that it can be changed while it is asked for.

    Only the member who objected takes the objection back or makes it a concern: by this.
    """
    with transaction.atomic():
        term = acting.held_member(current.decision.circle, by, seat=seat).member
        return _speak(current, term, kind, concern, harm, lift, None)


def note(
    current: ConsentRound,
    term: SeatTerm,
    kind: str,
    *,
    concern: str = "",
    harm: str = "",
    lift: str = "",
    by: User,
) -> ConsentVoice:
    """Write down what a member in the room says, before they have spoken for themselves.

    Nobody is called absent by others, and an objection is taken back by its member alone.
    """
    with transaction.atomic():
        who = leading.leader(current.decision, by)
        if who.member is not None or term.person_id == by.pk:
            raise acting.NotYours(
                "not-for-members", _("Members speak for themselves; only staff writes down.")
            )
        if kind == Kind.ABSENT:
            raise SpokenAlready(
                "absent-by-oneself", _("Nobody is called absent by others. Their time runs on.")
            )
        made = _speak(current, term, kind, concern, harm, lift, by)
        letters.tell_members(
            current.decision, "decision_voice_noted", f"noted-{made.pk}", seats=[term.seat],
            round=current, voice=made,
        )  # fmt: skip
    return made


def _speak(
    current: ConsentRound,
    term: SeatTerm,
    kind: str,
    concern: str,
    harm: str,
    lift: str,
    noted_by: User | None,
) -> ConsentVoice:
    # Only the place: members of one round share their seats' rows with whoever counts.
    places = ConsentPlace.objects.select_for_update(of=("self",)).order_by()
    place = places.filter(round=current, term=term).first()
    current = _share(current)
    if current.phase != Phase.CONSENT:
        raise NotNow(
            "voices-not-asked",
            _("The round is closed; your voice was not taken. What you gave before counts.")
            if current.phase == Phase.CLOSED
            else _("Voices are not asked for yet. First come questions and opinions."),
        )
    if place is None:
        raise NotOnTheRoll(
            "not-on-the-roll",
            _("You joined after this round had begun; you speak from the next one on."),
        )
    words = _words(kind, concern, harm, lift)
    before = list(place.voices.all())
    if noted_by is not None and any(
        each.noted_by_id is None or each.kind == Kind.OBJECTION for each in before
    ):
        raise SpokenAlready(
            "spoken-already", _("This member has spoken. Only they can change what they said.")
        )
    newest = place.voices.aggregate(n=Max("n"))["n"] or 0
    made = ConsentVoice.objects.create(
        place=place, n=newest + 1, kind=kind, noted_by=noted_by, **words
    )
    trail.record("decision.voice", current, by=noted_by)
    return made


def _words(kind: str, concern: str, harm: str, lift: str) -> dict[str, str]:
    """The words that belong to `kind`, none of them missing."""
    concern, harm, lift = concern.strip(), harm.strip(), lift.strip()
    if kind == Kind.OBJECTION:
        if not harm:
            raise ReasonMissing("no-harm", _("Say what harm you see."))
        if not lift:
            raise ReasonMissing("no-lift", _("Say what would lift your objection."))
        return {"harm": harm, "lift": lift}
    if kind == Kind.CONCERN:
        if not concern:
            raise ReasonMissing("no-concern", _("Say what concerns you."))
        return {"concern": concern}
    return {}


def _share(current: ConsentRound) -> ConsentRound:
    """The round as it stays until commit; many speak at once, closing waits for them."""
    database.hold(ConsentRound, current.pk)
    return ConsentRound.objects.select_related("decision__circle").get(pk=current.pk)

"""Which words of a circle at work are private, who may read them, and which are public and why.

A text field that is in none of these lists makes the walk fail.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import models

# Who reads what; the roles of `tests/leaks/world.py`.
ROOM = frozenset({"author", "member", "chair of the circle", "office"})
HOSTS, OFFICE = frozenset({"chair of the circle", "office"}), frozenset({"office"})
AUTHOR, NOBODY = frozenset({"author"}), frozenset[str]()
# Whatever one can be outside of the room, in one person, who has a link of a reviewer, too.
MANY = "everybody outside at once"
REVIEWERS = frozenset({"reviewer by link", "other reviewer", MANY})
THE_OTHER = ROOM | {"other reviewer"}


def word(field: str) -> str:
    """The canary of a field: one word, so that no line break and no escape hides it."""
    return "kanari" + "".join(sign for sign in field.lower() if sign.isalnum())


# Field -> exactly who reads its canary on pages. Words behind the name tell two plants apart.
# NOBODY: the room of a circle has no page for it, although the D.I.V. has.
PRIVATE: dict[str, frozenset[str]] = {
    # The room.
    "Announcement.title": ROOM,
    "Announcement.text": ROOM,
    "Task.title": ROOM,
    "Task.note": ROOM,
    "RoomFile.name": ROOM,
    "DatePoll.title": ROOM,
    "DatePoll.place": ROOM,
    "Meeting.place": ROOM,
    "Meeting.cancel_reason": ROOM,
    "Meeting.short_notice_consent": HOSTS,
    "Meeting.over_maximum_reason": NOBODY,
    "AgendaItem.title": ROOM,
    "AgendaItem.explanation": ROOM,
    "AgendaItem.result": ROOM,
    "AgendaItem.note": NOBODY,
    "Paper.name": NOBODY,
    "Minutes.chair": ROOM,
    "Minutes.taker": ROOM,
    "Minutes.guests": HOSTS,
    "Minutes.objections": ROOM,
    "MinuteEntry.text": ROOM,
    "Resolution.wording": NOBODY,
    "Resolution.stop_reason": NOBODY,
    "MinorityOpinion.text": NOBODY,
    "MinorityOpinion.on_behalf_of": NOBODY,
    # The proposal.
    "Proposal.title": ROOM,
    "Paragraph.heading": ROOM,
    "Revision.body": ROOM,
    "ProposalVersion.content": ROOM,
    "ProposalVersion.note": ROOM,
    "SectionRemark.text": ROOM,
    "OpenPoint.question": ROOM,
    "PointSettlement.word": ROOM,
    "ProposalSource.title": ROOM,
    "ProposalSource.address": ROOM,
    "ProposalSource.note": ROOM,
    # Feedback: what was asked, what one of the reviewers said, and what became of it.
    "ProposalVersion.content of a round": ROOM | REVIEWERS,
    "FeedbackRound.question": ROOM | REVIEWERS,
    "ReviewLink.label": AUTHOR,
    "ReviewLink.email": AUTHOR,
    "ReviewLink.seed and its token": AUTHOR,
    "ReviewLink.seed": NOBODY,
    "ReviewLink.token_digest": NOBODY,
    "Contribution.text": THE_OTHER,
    "Contribution.words": ROOM,
    "Contribution.on_behalf_of": ROOM,
    "Contribution.email": NOBODY,
    "ContributionAnswer.reason": ROOM,
    # What is decided, as long as it is not.
    "Decision.title": ROOM,
    "Decision.wording": ROOM,
    "Decision.title of a withdrawn one": ROOM,
    "ConsentRound.wording": ROOM,
    "ConsentRound.integration": ROOM,
    "Utterance.text": ROOM,
    "Utterance.text of a decided one": ROOM,
    "ConsentVoice.concern": ROOM,
    "ConsentVoice.harm": ROOM,
    "ConsentVoice.lift": ROOM,
    # A result that is being prepared, and what a withheld one would have said.
    "Result.title": OFFICE,
    "Result.summary": OFFICE,
    "Result.text": OFFICE,
    "Result.press_text": OFFICE,
    "Result.sent_back": OFFICE,
    "Result.title of a withheld one": OFFICE,
    "Measure.title": OFFICE,
    "Measure.description": OFFICE,
    "Measure.responsible": OFFICE,
    "Measure.reason": OFFICE,
    # Who the members are: none of them lets their name be shown.
    "User.name": ROOM,
    "User.email": OFFICE | AUTHOR,
    "User.name of a minority": ROOM,
}

# Words for everybody, and keys that are no words.
HASH, KEY = "a digest; nobody reads words out of it", "a key of the portal, no word of a person"
PUBLIC: dict[str, str] = {
    "Circle.slug": KEY,
    "Circle.number": KEY,
    "Circle.name": "on the circle's page",
    "Circle.purpose": "on the circle's page",
    "Circle.addressee": "always 'circle'",
    "Circle.incomplete_reason": "written for everybody",
    "Body.slug": KEY,
    "Body.name": "the circle's name",
    "Body.short_name": "the circle's number",
    "Body.purpose": "the circle's purpose",
    "Body.advises": "empty for circles",
    "Body.time_zone": KEY,
    "Body.leads_to": KEY,
    "Membership.on_behalf_of": "which body named a member stands on the circle's page",
    "SeatTerm.named_by_body": "which body named a member stands on the circle's page",
    "Meeting.pack_digest": HASH,
    "AgendaItem.subject_type": KEY,
    "AgendaItem.subject_id": KEY,
    "AgendaItem.leads_to": KEY,
    "Resolution.number": KEY,
    "Poll.subject_type": KEY,
    "Poll.subject_id": KEY,
    "PollOption.title": "yes, no, abstention",
    "Voter.label": "the number of a seat",
    "VotingPass.token_digest": HASH,
    "Ballot.marks": "ids and points; test_ballots looks at every page with other marks",
    "HandCount.hands": "ids and figures of a vote by hand",
    "CalendarLink.token_digest": HASH,
    "Paragraph.subject_type": KEY,
    "Paragraph.subject_id": KEY,
    "Paragraph.slug": KEY,
    "ProposalVersion.sha256": HASH,
    "FeedbackRound.summary": "written for everybody when the round is closed",
    "FeedbackRound.counts": "figures for everybody when the round is closed",
    "Contribution.language": KEY,
    "Decision.number": KEY,
    "MinorityStatement.text": "written to be printed with the result",
    "Result.withheld_reason": "written for everybody",
    "ResultAnswer.text": "written for everybody",
    "MeasureStep.note": "only about published results, for everybody",
    "YearReport.digest": HASH,
}

MATRIX = "its canaries are planted in tests/authorization"
STRANGER = "nothing of a circle's room"
# Models whose words are looked after elsewhere, or that a private body never has.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    MATRIX: (
        "Seat", "Call", "Criterion", "Application", "Place", "PoolCorrection", "Draft",
        "PaperEnding",
        "Inquiry", "Likeness", "Review", "ReviewReason", "Recusal", "Objection", "Nomination",
        "NamingRequest", "Draw", "Declaration", "DrawResult", "Offer", "DrawEvent", "Departure",
        "DrawRecord", "DrawMotion", "TrialDraw", "ValueEntry", "AgreedValue", "FallbackActivation",
        "FallbackEntry", "FallbackValue", "Beacon", "BeaconSight", "FingerprintStamp",
        "AuditSample", "Extension", "QuotaAttribute", "QuotaValue", "QuotaAnswer",
    ),
    STRANGER: (
        "Forum", "ForumTopic", "ForumContribution", "LearningNetwork", "Cohort", "CohortMember",
        "KnowledgeGiver", "Event", "EventPlace", "LearningSession", "CohortSheet", "KnowledgeItem",
        "KnowledgeReply", "PeerGroup", "Consultation", "ConsultationSeat", "Advice", "Drafting",
        "SnippetGroup", "Snippet", "Registration", "Feedback", "EventInvitation", "ActionField",
        "Vision", "ThreadSheet", "Idea", "Outcome", "Participant", "Contact", "PriorityRound",
        "PriorityTopic", "Dissent", "EventSession", "Contributor", "ProgrammeSheet",
        "EventMaterial", "Recommendation", "WorkOrder", "OfficeProject",
    ),
}  # fmt: skip

BESIDE = ("texts.Paragraph", "texts.Revision")  # the words of a proposal live there
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


@dataclasses.dataclass(frozen=True)
class Text:
    """A field that may hold words."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.name}"


def texts() -> list[Text]:
    """Every field that may hold words of a circle, of the models that are not ELSEWHERE."""
    away = {name for names in ELSEWHERE.values() for name in names}
    found = [
        *apps.get_app_config("circles").get_models(),
        *apps.get_app_config("formats").get_models(),
        *map(apps.get_model, BESIDE),
    ]
    return [
        Text(model, field.name)
        for model in found
        if model.__name__ not in away
        for field in model._meta.local_fields
        if isinstance(field, WORDS) and not field.choices
    ]


def field_of(plant: str) -> str:
    """The field of a plant: "Result.title of a withheld one" is one of Result.title."""
    return plant.partition(" ")[0]


def unknown(
    found: Iterable[Text],
    private: Mapping[str, object] = PRIVATE,
    public: Mapping[str, object] = PUBLIC,
) -> list[str]:
    """A sentence for every field that nobody has thought about."""
    known = {field_of(plant) for plant in private} | set(public)
    return [
        f"{each} may hold words: plant a canary in it, or say why everybody may read it."
        for each in found
        if str(each) not in known
    ]

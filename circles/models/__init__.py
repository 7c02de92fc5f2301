"""Circles: fifteen seats, the call for five of them, the applications, and the draw by lot."""

from circles.models.announcement import Announcement
from circles.models.application import Application, CriterionAnswer
from circles.models.call import Call, Criterion
from circles.models.circle import Circle, Seat
from circles.models.consent import (
    CircleRules,
    ConsentPlace,
    ConsentRound,
    ConsentVoice,
    Utterance,
)
from circles.models.correction import PoolCorrection
from circles.models.date_poll import DateAnswer, DateOption, DatePoll
from circles.models.decision import Decision
from circles.models.departure import Departure
from circles.models.draft import Draft
from circles.models.draw import Declaration, Draw, DrawResult, Place
from circles.models.ending import PaperEnding
from circles.models.extension import Extension
from circles.models.fallback import FallbackActivation, FallbackEntry, FallbackValue
from circles.models.feedback import Contribution, ContributionAnswer, FeedbackRound, ReviewLink
from circles.models.inquiry import Inquiry
from circles.models.likeness import Likeness
from circles.models.majority import MajorityVote, MinorityStatement, VotePlace
from circles.models.measure import Measure, MeasureStep
from circles.models.motion import DrawMotion
from circles.models.naming import NamingRequest
from circles.models.nomination import Nomination
from circles.models.objection import Objection
from circles.models.offer import DrawEvent, Offer
from circles.models.open_point import OpenPoint, PointSettlement, ProposalSource
from circles.models.proposal import Proposal, ProposalVersion
from circles.models.quota import QuotaAnswer, QuotaAttribute, QuotaValue
from circles.models.record import DrawRecord
from circles.models.recusal import Recusal
from circles.models.result import Finalisation, Result, ResultAnswer
from circles.models.review import Review, ReviewReason
from circles.models.room_file import RoomFile
from circles.models.seat_term import SeatTerm
from circles.models.section import Authorship, Section, SectionRemark
from circles.models.task import Task
from circles.models.trial import TrialDraw
from circles.models.value import AgreedValue, Beacon, ValueEntry
from circles.models.witness import AuditSample, BeaconSight, FingerprintStamp
from circles.models.year_report import YearReport

__all__ = [
    "AgreedValue",
    "Announcement",
    "Application",
    "AuditSample",
    "Authorship",
    "Beacon",
    "BeaconSight",
    "Call",
    "Circle",
    "CircleRules",
    "ConsentPlace",
    "ConsentRound",
    "ConsentVoice",
    "Contribution",
    "ContributionAnswer",
    "Criterion",
    "CriterionAnswer",
    "DateAnswer",
    "DateOption",
    "DatePoll",
    "Decision",
    "Declaration",
    "Departure",
    "Draft",
    "Draw",
    "DrawEvent",
    "DrawMotion",
    "DrawRecord",
    "DrawResult",
    "Extension",
    "FallbackActivation",
    "FallbackEntry",
    "FallbackValue",
    "FeedbackRound",
    "Finalisation",
    "FingerprintStamp",
    "Inquiry",
    "Likeness",
    "MajorityVote",
    "Measure",
    "MeasureStep",
    "MinorityStatement",
    "NamingRequest",
    "Nomination",
    "Objection",
    "Offer",
    "OpenPoint",
    "PaperEnding",
    "Place",
    "PointSettlement",
    "PoolCorrection",
    "Proposal",
    "ProposalSource",
    "ProposalVersion",
    "QuotaAnswer",
    "QuotaAttribute",
    "QuotaValue",
    "Recusal",
    "Result",
    "ResultAnswer",
    "Review",
    "ReviewLink",
    "ReviewReason",
    "RoomFile",
    "Seat",
    "SeatTerm",
    "Section",
    "SectionRemark",
    "Task",
    "TrialDraw",
    "Utterance",
    "ValueEntry",
    "VotePlace",
    "YearReport",
]

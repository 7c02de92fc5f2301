"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

from formats.models.body import Body, Membership
from formats.models.calendar import CalendarLink
from formats.models.cohort_member import CohortMember, KnowledgeGiver
from formats.models.consultation import Advice, Consultation, ConsultationSeat, PeerGroup
from formats.models.event import Event, EventPlace
from formats.models.forum import Forum, ForumContribution, ForumTopic
from formats.models.knowledge import KnowledgeItem, KnowledgeReply, Openness
from formats.models.learning_network import Cohort, LearningNetwork
from formats.models.learning_session import CohortSheet, LearningSession
from formats.models.meeting import AgendaItem, Meeting
from formats.models.outcome import Contact, Outcome, Participant
from formats.models.programme import Contributor, EventMaterial, EventSession, ProgrammeSheet
from formats.models.recommendation import Recommendation
from formats.models.registration import Feedback, Registration
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "Advice",
    "AgendaItem",
    "Body",
    "CalendarLink",
    "Cohort",
    "CohortMember",
    "CohortSheet",
    "Consultation",
    "ConsultationSeat",
    "Contact",
    "Contributor",
    "Event",
    "EventMaterial",
    "EventPlace",
    "EventSession",
    "Feedback",
    "Forum",
    "ForumContribution",
    "ForumTopic",
    "KnowledgeGiver",
    "KnowledgeItem",
    "KnowledgeReply",
    "LearningNetwork",
    "LearningSession",
    "Meeting",
    "Membership",
    "OfficeProject",
    "Openness",
    "Outcome",
    "Participant",
    "PeerGroup",
    "ProgrammeSheet",
    "Recommendation",
    "Registration",
    "Vision",
    "WorkOrder",
]

"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

from formats.models.agenda import AgendaItem, Paper
from formats.models.attendance import Attendance
from formats.models.ballot import (
    AgreedCount,
    Ballot,
    HandCount,
    Poll,
    PollOption,
    Voter,
    VotingPass,
)
from formats.models.body import Body, Membership
from formats.models.calendar import CalendarLink
from formats.models.cohort_member import CohortMember, KnowledgeGiver
from formats.models.consultation import Advice, Consultation, ConsultationSeat, PeerGroup
from formats.models.drafting import Drafting, Snippet, SnippetGroup
from formats.models.event import Event, EventPlace
from formats.models.event_invitation import EventInvitation
from formats.models.forum import Forum, ForumContribution, ForumTopic
from formats.models.idea import Idea
from formats.models.knowledge import KnowledgeItem, KnowledgeReply, Openness
from formats.models.learning_network import Cohort, LearningNetwork
from formats.models.learning_session import CohortSheet, LearningSession
from formats.models.meeting import Meeting
from formats.models.minutes import MinuteEntry, Minutes
from formats.models.outcome import Contact, Outcome, Participant
from formats.models.priority import Dissent, PriorityRound, PriorityTopic
from formats.models.programme import Contributor, EventMaterial, EventSession, ProgrammeSheet
from formats.models.recommendation import Recommendation
from formats.models.registration import Feedback, Registration
from formats.models.resolution import AskedSeat, MinorityOpinion, Resolution, Voice
from formats.models.vision import ActionField, ThreadSheet, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "Advice",
    "AgendaItem",
    "AgreedCount",
    "AskedSeat",
    "Attendance",
    "Ballot",
    "Body",
    "CalendarLink",
    "Cohort",
    "CohortMember",
    "CohortSheet",
    "Consultation",
    "ConsultationSeat",
    "Contact",
    "Contributor",
    "Dissent",
    "Drafting",
    "Event",
    "EventInvitation",
    "EventMaterial",
    "EventPlace",
    "EventSession",
    "Feedback",
    "Forum",
    "ForumContribution",
    "ForumTopic",
    "HandCount",
    "Idea",
    "KnowledgeGiver",
    "KnowledgeItem",
    "KnowledgeReply",
    "LearningNetwork",
    "LearningSession",
    "Meeting",
    "Membership",
    "MinorityOpinion",
    "MinuteEntry",
    "Minutes",
    "OfficeProject",
    "Openness",
    "Outcome",
    "Paper",
    "Participant",
    "PeerGroup",
    "Poll",
    "PollOption",
    "PriorityRound",
    "PriorityTopic",
    "ProgrammeSheet",
    "Recommendation",
    "Registration",
    "Resolution",
    "Snippet",
    "SnippetGroup",
    "ThreadSheet",
    "Vision",
    "Voice",
    "Voter",
    "VotingPass",
    "WorkOrder",
]

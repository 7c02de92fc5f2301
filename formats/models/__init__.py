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
from formats.models.drafting import Drafting, Snippet, SnippetGroup
from formats.models.event import Event, EventPlace
from formats.models.forum import Forum, ForumContribution, ForumTopic
from formats.models.idea import Idea
from formats.models.meeting import Meeting
from formats.models.minutes import MinuteEntry, Minutes
from formats.models.outcome import Contact, Outcome, Participant
from formats.models.priority import Dissent, PriorityRound, PriorityTopic
from formats.models.programme import Contributor, EventMaterial, EventSession, ProgrammeSheet
from formats.models.registration import Feedback, Registration
from formats.models.resolution import MinorityOpinion, Resolution, Voice
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "AgendaItem",
    "AgreedCount",
    "Attendance",
    "Ballot",
    "Body",
    "CalendarLink",
    "Contact",
    "Contributor",
    "Dissent",
    "Drafting",
    "Event",
    "EventMaterial",
    "EventPlace",
    "EventSession",
    "Feedback",
    "Forum",
    "ForumContribution",
    "ForumTopic",
    "HandCount",
    "Idea",
    "Meeting",
    "Membership",
    "MinorityOpinion",
    "MinuteEntry",
    "Minutes",
    "OfficeProject",
    "Outcome",
    "Paper",
    "Participant",
    "Poll",
    "PollOption",
    "PriorityRound",
    "PriorityTopic",
    "ProgrammeSheet",
    "Registration",
    "Resolution",
    "Snippet",
    "SnippetGroup",
    "Vision",
    "Voice",
    "Voter",
    "VotingPass",
    "WorkOrder",
]

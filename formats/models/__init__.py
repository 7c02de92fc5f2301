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
from formats.models.drafting import Drafting, Snippet, SnippetGroup
from formats.models.idea import Idea
from formats.models.meeting import Meeting
from formats.models.minutes import MinuteEntry, Minutes
from formats.models.priority import Dissent, PriorityRound, PriorityTopic
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
    "Dissent",
    "Drafting",
    "HandCount",
    "Idea",
    "Meeting",
    "Membership",
    "MinorityOpinion",
    "MinuteEntry",
    "Minutes",
    "OfficeProject",
    "Paper",
    "Poll",
    "PollOption",
    "PriorityRound",
    "PriorityTopic",
    "Resolution",
    "Snippet",
    "SnippetGroup",
    "Vision",
    "Voice",
    "Voter",
    "VotingPass",
    "WorkOrder",
]

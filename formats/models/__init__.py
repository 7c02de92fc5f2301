"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

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
from formats.models.meeting import AgendaItem, Meeting
from formats.models.priority import Dissent, PriorityRound, PriorityTopic
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "AgendaItem",
    "AgreedCount",
    "Ballot",
    "Body",
    "Dissent",
    "Drafting",
    "HandCount",
    "Idea",
    "Meeting",
    "Membership",
    "OfficeProject",
    "Poll",
    "PollOption",
    "PriorityRound",
    "PriorityTopic",
    "Snippet",
    "SnippetGroup",
    "Vision",
    "Voter",
    "VotingPass",
    "WorkOrder",
]

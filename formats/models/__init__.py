"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

from formats.models.body import Body, Membership
from formats.models.calendar import CalendarLink
from formats.models.event import Event, EventPlace
from formats.models.forum import Forum, ForumContribution, ForumTopic
from formats.models.meeting import AgendaItem, Meeting
from formats.models.outcome import Contact, Outcome, Participant
from formats.models.programme import Contributor, EventMaterial, EventSession, ProgrammeSheet
from formats.models.registration import Feedback, Registration
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "AgendaItem",
    "Body",
    "CalendarLink",
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
    "Meeting",
    "Membership",
    "OfficeProject",
    "Outcome",
    "Participant",
    "ProgrammeSheet",
    "Registration",
    "Vision",
    "WorkOrder",
]

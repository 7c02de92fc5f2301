"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

from formats.models.agenda import AgendaItem, Paper
from formats.models.attendance import Attendance
from formats.models.body import Body, Membership
from formats.models.meeting import Meeting
from formats.models.minutes import MinuteEntry, Minutes
from formats.models.resolution import Ballot, MinorityOpinion, Resolution
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Body",
    "Meeting",
    "Membership",
    "MinorityOpinion",
    "MinuteEntry",
    "Minutes",
    "OfficeProject",
    "Paper",
    "Resolution",
    "Vision",
    "WorkOrder",
]

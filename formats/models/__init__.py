"""Where exchange happens: bodies that meet, visions, and the work orders that follow from them."""

from formats.models.body import Body, Membership
from formats.models.meeting import AgendaItem, Meeting
from formats.models.vision import ActionField, Vision
from formats.models.work_order import OfficeProject, WorkOrder

__all__ = [
    "ActionField",
    "AgendaItem",
    "Body",
    "Meeting",
    "Membership",
    "OfficeProject",
    "Vision",
    "WorkOrder",
]

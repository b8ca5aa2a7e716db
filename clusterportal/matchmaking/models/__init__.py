"""Programmes, their events, who takes part, what they wish, the plans and their talks."""

from clusterportal.matchmaking.models.event import Event, Programme, Slot
from clusterportal.matchmaking.models.mail import MeetingMail
from clusterportal.matchmaking.models.plan import SchedulePlan, Talk
from clusterportal.matchmaking.models.registration import Participation, Representative, Wish

__all__ = [
    "Event",
    "MeetingMail",
    "Participation",
    "Programme",
    "Representative",
    "SchedulePlan",
    "Slot",
    "Talk",
    "Wish",
]

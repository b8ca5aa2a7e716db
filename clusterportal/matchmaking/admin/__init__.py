"""The organiser's desk: programmes, events, registrations; plan, day and outcomes of an event."""

from clusterportal.matchmaking.admin.event_records import EventAdmin, ParticipationAdmin, ProgrammeAdmin

__all__ = ["EventAdmin", "ParticipationAdmin", "ProgrammeAdmin"]

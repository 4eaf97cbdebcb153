"""What may be done with an incident and an assignment in which state.

Rows in angle brackets are the other side of a command: what it asks of a second record.
"""

from typing import Final

from dutyroom.domain.kernel import table

_OPEN_ONLY = "UnknownIncident GO IncidentIsClosed IncidentIsMerged"

INCIDENT: Final = table(
    "none           open  closed           merged",
    {
        "incident.open": "GO IncidentExists IncidentExists IncidentExists",
        "incident.link_call": _OPEN_ONLY,
        "incident.unlink_call": _OPEN_ONLY,
        # Whoever calls again about a closed matter is heard: the chase is counted and raises it,
        # and it stays closed until a person reopens it. Call-takers may not reopen: they would have
        # nowhere to put the call. What was merged is chased where it went.
        "incident.record_chase": "UnknownIncident GO GO IncidentIsMerged",
        "incident.acknowledge_chase": "UnknownIncident GO GO IncidentIsMerged",
        "<take chase back>": "UnknownIncident GO GO IncidentIsMerged",
        "incident.set_category": _OPEN_ONLY,
        "incident.set_priority": _OPEN_ONLY,
        "incident.set_place": _OPEN_ONLY,
        "incident.answer_prompt": _OPEN_ONLY,
        "incident.settle_point": _OPEN_ONLY,
        "incident.reopen_point": _OPEN_ONLY,
        # A note that waited in a field page must not be lost because the incident was merged or
        # closed meanwhile, and a note is struck where it is.
        "incident.add_note": "UnknownIncident GO GO GO",
        "incident.strike_note": "UnknownIncident GO GO GO",
        "incident.request_more": _OPEN_ONLY,
        "incident.merge": "UnknownIncident GO IncidentIsClosed AlreadyMerged",
        "incident.split": "UnknownIncident NotMerged NotMerged GO",
        "incident.set_disposition": _OPEN_ONLY,
        "incident.close": "UnknownIncident GO DONE IncidentIsMerged",
        "incident.conclude": "UnknownIncident GO DONE IncidentIsMerged",
        "incident.reopen": "UnknownIncident DONE GO IncidentIsMerged",
        # Also of a closed one: it is then that callers are called back. What was merged is marked
        # where it went.
        "incident.mark_unsafe": "UnknownIncident GO GO IncidentIsMerged",
        "incident.lift_unsafe": "UnknownIncident GO GO IncidentIsMerged",
        "incident.mark_minor": "UnknownIncident GO GO IncidentIsMerged",
        "incident.lift_minor": "UnknownIncident GO GO IncidentIsMerged",
        "incident.dispatch": _OPEN_ONLY,
        "<absorb>": _OPEN_ONLY,
        "<release>": "UnknownIncident GO GO SplitOuterFirst",
        "<lose call>": "GO GO IncidentIsClosed GO",
        "<receive unit>": _OPEN_ONLY,
        "<take unit back>": "NothingToUndo GO NothingToUndo NothingToUndo",
    },
)

_ENDED = "AssignmentHasEnded AssignmentHasEnded AssignmentHasEnded"

ASSIGNMENT: Final = table(
    "none dispatched en_route on_scene transporting at_facility cleared cancelled taken_over",
    {
        "assignment.en_route": (
            f"UnknownAssignment GO DONE CannotGoBack CannotGoBack CannotGoBack {_ENDED}"
        ),
        "assignment.on_scene": f"UnknownAssignment GO GO DONE CannotGoBack CannotGoBack {_ENDED}",
        "assignment.transport": f"UnknownAssignment GO GO GO DONE CannotGoBack {_ENDED}",
        "assignment.at_facility": f"UnknownAssignment GO GO GO GO DONE {_ENDED}",
        "assignment.clear": (
            "UnknownAssignment CancelInstead GO GO GO GO DONE AssignmentHasEnded AssignmentHasEnded"
        ),
        "assignment.cancel": (
            "UnknownAssignment GO GO ClearInstead ClearInstead ClearInstead"
            " AssignmentHasEnded DONE AssignmentHasEnded"
        ),
        "assignment.reassign": f"UnknownAssignment GO GO GO GO GO {_ENDED}",
        "assignment.undo_reassign": (
            "UnknownAssignment GO GO NothingToUndo NothingToUndo NothingToUndo"
            " NothingToUndo NothingToUndo NothingToUndo"
        ),
    },
)

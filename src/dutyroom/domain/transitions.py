"""What may be done in which state, as tables: record state x command verb, every cell filled.

A cell is `GO` (allowed, further conditions may apply), `DONE` (the goal is already reached:
nothing happens, nothing is refused) or the name of a refusal. The first state of each table is
`none`: there is no such record. Rows in angle brackets are the other side of a command: what it
asks of a second record.
"""

from collections.abc import Mapping
from typing import Final

type Cell = str
type Table = Mapping[tuple[str, str], Cell]

GO: Final = "GO"
DONE: Final = "DONE"


def _table(states: str, rows: Mapping[str, str]) -> Table:
    """Rows of blank-separated cells, one per state; a missing cell fails on import."""
    names = states.split()
    return {
        (state, verb): cell
        for verb, row in rows.items()
        for state, cell in zip(names, row.split(), strict=True)
    }


CALL: Final = _table(
    "none         ringing       claimed             abandoned     ended",
    {
        "call.receive": "GO DONE DONE DONE DONE",
        "call.claim": "UnknownCall GO CallAlreadyClaimed GO CallHasEnded",
        "call.release": "UnknownCall DONE GO CallNotClaimed CallHasEnded",
        "call.hang_up": "UnknownCall GO GO DONE DONE",
        "call.mark_silent": "UnknownCall CallNotClaimed GO CallNotClaimed CallHasEnded",
        "call.call_back": "UnknownCall CallNotClaimed GO CallNotClaimed CallHasEnded",
        "call.record_details": "UnknownCall CallNotClaimed GO GO GO",
        "call.end": "UnknownCall CallNotClaimed GO GO DONE",
        "<link>": "UnknownCall CallNotClaimed GO GO GO",
        "<unlink>": "UnknownCall GO GO GO CallNeedsIncident",
    },
)

_OPEN_ONLY = "UnknownIncident GO IncidentIsClosed IncidentIsMerged"

INCIDENT: Final = _table(
    "none           open  closed           merged",
    {
        "incident.open": "GO IncidentExists IncidentExists IncidentExists",
        "incident.link_call": _OPEN_ONLY,
        "incident.unlink_call": _OPEN_ONLY,
        "incident.set_category": _OPEN_ONLY,
        "incident.set_priority": _OPEN_ONLY,
        "incident.set_place": _OPEN_ONLY,
        "incident.answer_prompt": _OPEN_ONLY,
        # A note that waited in a field page must not be lost because the incident was merged or
        # closed meanwhile, and a note is struck where it is.
        "incident.add_note": "UnknownIncident GO GO GO",
        "incident.strike_note": "UnknownIncident GO GO GO",
        "incident.request_more": _OPEN_ONLY,
        "incident.merge": "UnknownIncident GO IncidentIsClosed AlreadyMerged",
        "incident.split": "UnknownIncident NotMerged NotMerged GO",
        "incident.set_disposition": _OPEN_ONLY,
        "incident.close": "UnknownIncident GO DONE IncidentIsMerged",
        "incident.reopen": "UnknownIncident DONE GO IncidentIsMerged",
        "incident.dispatch": _OPEN_ONLY,
        "<absorb>": _OPEN_ONLY,
        "<release>": "UnknownIncident GO GO SplitOuterFirst",
        "<lose call>": "GO GO IncidentIsClosed GO",
        "<receive unit>": _OPEN_ONLY,
        "<take unit back>": "NothingToUndo GO NothingToUndo NothingToUndo",
    },
)

_ENDED = "AssignmentHasEnded AssignmentHasEnded AssignmentHasEnded"

ASSIGNMENT: Final = _table(
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

UNIT: Final = _table(
    "none        off_duty    unavailable     available committed",
    {
        "unit.sign_on": "UnknownUnit GO GO GO GO",
        "unit.sign_off": "UnknownUnit DONE GO GO UnitAlreadyCommitted",
        "unit.mark_unavailable": "UnknownUnit UnitOffDuty GO GO GO",
        "unit.mark_available": "UnknownUnit UnitOffDuty GO DONE GO",
        "unit.hear_from": "UnknownUnit UnitOffDuty GO GO GO",
        # An emergency is never refused, whatever the unit's duty.
        "unit.raise_emergency": "UnknownUnit GO GO GO GO",
        "unit.acknowledge_emergency": "UnknownUnit GO GO GO GO",
        "unit.end_emergency": "UnknownUnit GO GO GO GO",
        "<dispatch>": "UnknownUnit UnitOffDuty UnitUnavailable GO UnitAlreadyCommitted",
    },
)

EMERGENCY: Final = _table(
    "quiet       raised       acknowledged",
    {
        "unit.raise_emergency": "GO DONE GO",
        "unit.acknowledge_emergency": "NoEmergency GO DONE",
        "unit.end_emergency": "DONE EmergencyNotAcknowledged GO",
        "unit.sign_off": "GO EmergencyGoesOn EmergencyGoesOn",
        "<send>": "GO UnitInEmergency UnitInEmergency",
    },
)

HANDOVER: Final = _table(
    "none            offered completed        cancelled",
    {
        "desk.start_handover": "GO DONE HandoverHasEnded HandoverHasEnded",
        "desk.confirm_incident": "UnknownHandover GO HandoverHasEnded HandoverHasEnded",
        "desk.complete_handover": "UnknownHandover GO DONE HandoverHasEnded",
        "desk.cancel_handover": "UnknownHandover GO HandoverHasEnded DONE",
    },
)

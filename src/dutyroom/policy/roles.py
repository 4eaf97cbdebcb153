"""Who may do and read what, as data: one table for actions, one for readings.

A cell names the condition under which the role is allowed; what is not in a table is denied.
"""

from collections.abc import Mapping
from typing import Final, Literal

from dutyroom.core.roles import ROLES as ROLES
from dutyroom.core.roles import Role as Role

START_PAGES: Final[Mapping[Role, str]] = {
    "call_taker": "/calls",
    "dispatcher": "/dispatch",
    "supervisor": "/supervise",
    "field_officer": "/field",
    "auditor": "/audit",
    "trainer": "/practice",
    "planner": "/plan",
    "station_command": "/tasks",
    "station_officer": "/tasks",
    "desk_specialist": "/desk",
    "partner": "/partner",
    "gateway": "/",
}

Condition = Literal[
    "always",
    "own_unit",
    "own_org",
    "assigned",
    "on_view_own_unit",
    "reported",
    "own_partner",
    "own",
]


_ROOM: Final[tuple[Role, ...]] = ("call_taker", "dispatcher", "supervisor")
_DESK: Final[tuple[Role, ...]] = ("dispatcher", "supervisor")
_AT_STATIONS: Final[tuple[Role, ...]] = ("station_command", "station_officer")
_EVERYBODY: Final[tuple[Role, ...]] = (
    *_ROOM,
    "auditor",
    "field_officer",
    "trainer",
    "planner",
    *_AT_STATIONS,
    "desk_specialist",
)
_COMMAND: Final[Mapping[str, Condition]] = {"station_command": "own_org"}
_SPECIALIST: Final[Mapping[str, Condition]] = {"desk_specialist": "own_org"}
_STATION: Final[Mapping[str, Condition]] = dict.fromkeys(_AT_STATIONS, "own_org")

_PARTNER: Final[Mapping[str, Condition]] = {"partner": "own_partner"}
_ANSWERING: Final[Mapping[str, Condition]] = {**_PARTNER, "answer_key": "own_partner"}
_READING: Final[Mapping[str, Condition]] = {**_ANSWERING, "read_key": "own_partner"}
"""A partner's people, and its systems by the scope of their API key."""


def _row(*roles: Role, **conditional: Condition) -> Mapping[str, Condition]:
    return {**dict.fromkeys(roles, "always"), **conditional}


VERBS: Final[Mapping[str, Mapping[str, Condition]]] = {
    "call.receive": _row("gateway"),
    "call.claim": _row(*_ROOM),
    "call.release": _row(*_ROOM),
    "call.hang_up": _row("gateway", *_ROOM),
    "call.mark_silent": _row(*_ROOM),
    "call.call_back": _row(*_ROOM),
    "call.record_details": _row(*_ROOM),
    "call.end": _row(*_ROOM),
    "incident.open": _row(*_DESK, call_taker="reported", field_officer="on_view_own_unit"),
    "incident.link_call": _row(*_ROOM),
    "incident.unlink_call": _row(*_ROOM),
    "incident.record_chase": _row(*_ROOM),
    "incident.acknowledge_chase": _row(*_DESK),
    "incident.set_category": _row(*_ROOM, field_officer="assigned"),
    "incident.set_priority": _row(*_ROOM),
    "incident.set_place": _row(*_ROOM),
    "incident.answer_prompt": _row(*_ROOM),
    "incident.settle_point": _row(*_ROOM),
    "incident.reopen_point": _row(*_ROOM),
    "incident.add_note": _row(*_ROOM, field_officer="assigned"),
    "incident.strike_note": _row(*_ROOM),
    "incident.request_more": _row(*_ROOM, field_officer="assigned"),
    "incident.merge": _row(*_ROOM),
    "incident.split": _row(*_ROOM),
    "incident.set_disposition": _row(*_DESK, field_officer="assigned"),
    "incident.close": _row(*_DESK),
    "incident.conclude": _row(*_DESK, field_officer="assigned"),
    "incident.reopen": _row(*_DESK),
    "incident.mark_unsafe": _row(*_ROOM),
    "incident.lift_unsafe": _row(*_DESK),
    "incident.mark_minor": _row(*_ROOM, field_officer="assigned", **_STATION),
    "incident.lift_minor": _row("supervisor"),
    "incident.dispatch": _row(*_DESK),
    "assignment.reassign": _row(*_DESK),
    "assignment.undo_reassign": _row(*_DESK),
    "assignment.en_route": _row(*_DESK, field_officer="own_unit"),
    "assignment.on_scene": _row(*_DESK, field_officer="own_unit"),
    "assignment.transport": _row(*_DESK, field_officer="own_unit"),
    "assignment.at_facility": _row(*_DESK, field_officer="own_unit"),
    "assignment.clear": _row(*_DESK, field_officer="own_unit"),
    "assignment.cancel": _row(*_DESK),
    "unit.sign_on": _row(*_DESK, field_officer="own_unit"),
    "unit.sign_off": _row(*_DESK, field_officer="own_unit"),
    "unit.mark_unavailable": _row(*_DESK, field_officer="own_unit"),
    "unit.mark_available": _row(*_DESK, field_officer="own_unit"),
    "unit.hear_from": _row(*_DESK, field_officer="own_unit"),
    "unit.raise_emergency": _row(*_ROOM, field_officer="own_unit"),
    "unit.acknowledge_emergency": _row(*_DESK),
    "unit.end_emergency": _row(*_DESK),
    "desk.start_handover": _row(*_DESK),
    "desk.confirm_incident": _row(*_DESK),
    "desk.complete_handover": _row(*_DESK),
    "desk.cancel_handover": _row("operator", *_DESK),
    "notice.post": _row(*_DESK),
    "notice.acknowledge": _row(*_ROOM, "field_officer", *_AT_STATIONS, "desk_specialist"),
    "notice.withdraw": _row(*_DESK),
    "loop.approve": _row("supervisor"),
    "loop.withdraw_approval": _row("supervisor"),
    "loop.pause_clock": _row(*_DESK),
    "loop.resume_clock": _row(*_DESK),
    "loop.extend_clock": _row(*_DESK),
    "loop.look_at_clocks": _row("keeper"),
    "task.offer": _row(*_DESK, **_COMMAND),
    "task.accept": _row(**_STATION),
    "task.return": _row(**_STATION),
    "task.undo_return": _row(**_STATION),
    "task.reassign": _row(*_DESK, **_COMMAND),
    "task.release": _row("operator", **_STATION),
    "task.start": _row(**_STATION),
    "task.undo_start": _row(**_STATION),
    "task.add_note": _row(*_DESK, **_STATION),
    "task.tick_step": _row(**_STATION),
    "task.untick_step": _row(**_STATION),
    "task.submit": _row(**_STATION),
    "task.approve": _row(*_DESK, **_COMMAND),
    "task.undo_approval": _row(*_DESK, **_COMMAND),
    "task.send_back": _row(*_DESK, **_COMMAND),
    "task.withdraw": _row(*_DESK, **_COMMAND),
    "task.remind": _row(*_DESK, **_COMMAND),
    "task.split": _row(*_DESK, **_COMMAND),
    "task.join": _row(*_DESK, **_COMMAND),
    "task.undo_join": _row(*_DESK, **_COMMAND),
    "task.change_due": _row(*_DESK, **_COMMAND),
    "supervision_order.give": _row("supervisor", **_COMMAND),
    "supervision_order.acknowledge": _row(**_COMMAND, station_officer="own"),
    "supervision_order.undo_acknowledgement": _row(**_COMMAND, station_officer="own"),
    "supervision_order.answer": _row(**_COMMAND, station_officer="own"),
    "supervision_order.take_answer_back": _row(**_COMMAND, station_officer="own"),
    "supervision_order.accept": _row("supervisor", **_COMMAND),
    "supervision_order.undo_acceptance": _row("supervisor", **_COMMAND),
    "supervision_order.send_back": _row("supervisor", **_COMMAND),
    "supervision_order.withdraw": _row("supervisor", **_COMMAND),
    "supervision_order.restore": _row("supervisor", **_COMMAND),
    "supervision_order.release": _row("operator"),
    "supervision_order.remind": _row("supervisor", **_COMMAND),
    "station.start_handover": _row(**_COMMAND),
    "station.take_handover": _row(**_COMMAND),
    "station.confirm_item": _row(**_COMMAND),
    "station.complete_handover": _row(**_COMMAND),
    "station.cancel_handover": _row("supervisor", **_COMMAND),
    "desk_request.ask": _row(*_DESK, **_COMMAND),
    "desk_request.ask_again": _row(*_DESK, **_COMMAND),
    "desk_request.accept": _row(**_SPECIALIST),
    "desk_request.release": _row("operator", **_SPECIALIST),
    "desk_request.return": _row(**_SPECIALIST),
    "desk_request.undo_return": _row(**_SPECIALIST),
    "desk_request.start": _row(**_SPECIALIST),
    "desk_request.add_note": _row(*_DESK, **_COMMAND, **_SPECIALIST),
    "desk_request.finish": _row(**_SPECIALIST),
    "desk_request.confirm": _row(*_DESK, **_COMMAND),
    "desk_request.undo_confirmation": _row(*_DESK, **_COMMAND),
    "desk_request.send_back": _row(*_DESK, **_COMMAND),
    "desk_request.withdraw": _row(*_DESK, **_COMMAND),
    "desk_request.remind": _row(*_DESK, **_COMMAND),
    "attachment.add": _row(*_ROOM, field_officer="assigned", **_STATION),
    "attachment.strike": _row(*_ROOM, field_officer="assigned", **_STATION),
    "attachment.restore": _row(*_ROOM, field_officer="assigned", **_STATION),
    "matter.open": _row(*_DESK, **_COMMAND),
    "matter.undo_open": _row(*_DESK, **_COMMAND),
    "matter.take": _row(**_STATION),
    "matter.release": _row("operator", **_STATION),
    "matter.reassign": _row(*_DESK, **_COMMAND),
    "matter.link": _row(*_DESK, **_STATION),
    "matter.unlink": _row(*_DESK, **_STATION),
    "matter.plan_mediation": _row(**_STATION),
    "matter.drop_mediation": _row(**_STATION),
    "matter.hold_mediation": _row(**_STATION),
    "matter.undo_mediation": _row(**_STATION),
    "matter.add_note": _row(*_DESK, **_STATION),
    "matter.conclude": _row(**_STATION),
    "matter.undo_outcome": _row(**_STATION),
    "matter.confirm": _row(*_DESK, **_STATION),
    "matter.decide_case": _row(**_STATION),
    "referral.send": _row(*_DESK, **_COMMAND),
    "referral.accept": _row(**_ANSWERING),
    "referral.refuse": _row(**_ANSWERING),
    "referral.undo_answer": _row(**_ANSWERING),
    "referral.start": _row(**_ANSWERING),
    "referral.finish": _row(**_ANSWERING),
    "referral.remind": _row(*_DESK, **_COMMAND),
    "referral.recall": _row(*_DESK, **_COMMAND),
    "referral.close": _row(*_DESK, **_COMMAND),
    "referral.reopen": _row(*_DESK, **_COMMAND),
    "referral.look_at": _row("keeper"),
    # The supervisor answers for the room at any hour, and a stolen key can't wait for the day.
    "partner_key.add": _row("supervisor", "operator"),
    "partner_key.revoke": _row("supervisor", "operator"),
    "call_back.offer": _row(*_ROOM),
    "call_back.claim": _row(*_ROOM),
    "call_back.release": _row("operator", *_ROOM),
    "call_back.not_reached": _row(*_ROOM),
    "call_back.answer": _row(*_ROOM),
    "call_back.undo": _row(*_ROOM),
    "call_back.drop": _row(*_ROOM),
    "spot.take_on": _row(*_DESK, **_COMMAND),
    "spot.drop": _row(*_DESK, **_COMMAND),
    "joint_operation.begin": _row(*_DESK),
    "joint_operation.join": _row(*_DESK),
    "joint_operation.leave": _row(*_DESK),
    "joint_operation.add_line": _row(*_DESK),
    "joint_operation.strike_line": _row(*_DESK),
    "joint_operation.tick_line": _row(*_DESK, **_STATION, **_SPECIALIST, **_PARTNER),
    "joint_operation.untick_line": _row(*_DESK, **_STATION, **_SPECIALIST, **_PARTNER),
    "joint_operation.write_log": _row(*_DESK, **_STATION, **_SPECIALIST, **_PARTNER),
    "joint_operation.end": _row(*_DESK),
    "joint_operation.reopen": _row(*_DESK),
    "deadline.look_at": _row("keeper"),
    "centre.adopt_pack": _row("operator"),
    # Beside the journal: what changes files of planners and opens rooms of trainers.
    "plan.save": _row("planner"),
    "plan.delete": _row("planner"),
    "plan.rehearse": _row("planner"),
    "practice.begin": _row("trainer"),
    "practice.end": _row("trainer"),
}
"""Verb -> role -> condition. Whatever changes something has its verb here."""

READS: Final[Mapping[str, Mapping[str, Condition]]] = {
    "board": _row(*_ROOM, "auditor", **_STATION, **_SPECIALIST),
    "stream": _row(*_ROOM, "auditor", **_STATION, **_SPECIALIST),
    "pack": _row(*_EVERYBODY),
    "colleagues": _row(*_EVERYBODY),
    "gazetteer": _row(*_ROOM, "field_officer"),
    "places": _row(*_ROOM),
    "incident": _row(*_ROOM),
    "call": _row(*_ROOM),
    "duplicates": _row(*_ROOM),
    "emergency": _row(*_ROOM),
    "recommendation": _row(*_ROOM),
    "lookahead": _row(*_DESK),
    "why": _row(*_ROOM, "auditor"),
    "bulletin": _row("supervisor", "auditor"),
    "find": _row(*_ROOM),
    "field": _row(field_officer="own_unit"),
    "notices": _row(*_ROOM, "field_officer", *_AT_STATIONS, "desk_specialist"),
    "call_back": _row(*_ROOM),
    "ratings": _row("supervisor", "auditor"),
    "task": _row(*_DESK, **_STATION),
    "supervision_order": _row(*_DESK, **_COMMAND, station_officer="own"),
    "desk_request": _row(*_DESK, **_STATION, **_SPECIALIST),
    "joint_operation": _row(*_DESK, **_STATION, **_SPECIALIST, **_PARTNER),
    "desks": _row(*_DESK, *_AT_STATIONS, "desk_specialist"),
    "attachments": _row(*_ROOM, field_officer="assigned", **_STATION),
    "matter": _row(*_DESK, **_STATION),
    "repeats": _row(*_DESK, **_COMMAND),
    "owners": _row(*_DESK, **_COMMAND),
    "agreements": _row(*_DESK, "auditor", **_COMMAND),
    "referral": _row(*_DESK, **_COMMAND, **_READING),
    "partner": _row(**_READING),
    "supervision": _row("supervisor"),
    "audit": _row("auditor"),
    "practise": _row("trainer"),
    "debrief": _row("trainer"),
    "plan": _row("planner"),
    "own_debrief": _row(*_ROOM),
}
"""What may be read -> role -> condition. Nothing here changes anything."""

LISTS: Final[Mapping[str, frozenset[str]]] = {
    "desk_specialist": frozenset({"desk_requests", "joint_operations", "notices"}),
}
"""Which lists of the board a role gets, where it isn't all of them."""
OF_MINORS: Final[Mapping[str, Mapping[str, Condition]]] = {
    "incident": _row(*_DESK, call_taker="own"),
    "call": _row(*_DESK, call_taker="own"),
    "emergency": _row(*_ROOM),
    "field": _row(field_officer="own_unit"),
    "supervision_order": _row(*_DESK, station_command="own_org", station_officer="own"),
    "task": _row(*_DESK, station_command="own_org", station_officer="own"),
    "attachments": _row(
        *_DESK, field_officer="assigned", station_command="own_org", station_officer="own"
    ),
    "matter": _row(*_DESK, station_command="own_org", station_officer="own"),
    "referral": _row(*_DESK, partner="own", read_key="own", answer_key="own"),
}
"""What is read of something that concerns a minor -> role -> condition, beside that of `READS`.
Whatever isn't here is for the desk alone (`OTHERS_OF_MINORS`): no call-taker who didn't take the
call, no officer at a station who doesn't have it, no specialist desk. A partner has it where its
agreement says so of minors."""
OTHERS_OF_MINORS: Final = _row(*_DESK)

TELEMETRY: Final[Mapping[str, Mapping[str, Condition]]] = {
    "positions": _row("gateway", field_officer="own_unit"),
}
"""What may be reported by machines, beside the journal -> role -> condition."""

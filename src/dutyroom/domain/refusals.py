"""Why something can't be done, by name, and what to do next. One constructor per refusal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from dutyroom.core.text import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """A named refusal. `params` are JSON values: ids as text."""

    name: str
    params: Mapping[str, object]
    message: Text
    remedy: Text


_FIELDS: Final = {
    "answer": "回答",
    "capability": "能力",
    "category": "警情类别",
    "count": "数量",
    "disposition": "处警结果",
    "move_reason": "改派原因",
    "no_incident_reason": "不建警情原因",
    "priority": "警情等级",
    "prompt": "提问",
    "reason": "原因",
    "to": "接班人员",
    "cancel_reasons": "取消派警原因",
    "clear_reasons": "处警完毕原因",
    "override_reasons": "未采纳推荐的原因",
    "reopen_reasons": "撤销办结原因",
    "unavailable_reasons": "暂停调用原因",
}
"""What a field with a value of the city is called in Chinese."""


def _refusal(
    name: str, params: Mapping[str, object], message: tuple[str, str], remedy: tuple[str, str]
) -> Refusal:
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in params.items()}
    return Refusal(name, plain, Text(*message), Text(*remedy))


# --- calls -----------------------------------------------------------------------------------


def unknown_call(call: UUID) -> Refusal:
    return _refusal(
        "UnknownCall",
        {"call": call},
        ("There is no such call.", "没有这起报警。"),
        ("Choose a call from the list.", "请从列表中选择一起报警。"),
    )


def call_already_claimed(call: UUID, by: str) -> Refusal:
    return _refusal(
        "CallAlreadyClaimed",
        {"call": call, "by": by},
        (f"{by} has already taken this call.", f"{by} 已接听此报警。"),
        (
            f"Take the next one, or ask {by} to release it.",
            f"请接听下一起报警，或请 {by} 将此报警退回排队。",
        ),
    )


def call_not_claimed(call: UUID) -> Refusal:
    return _refusal(
        "CallNotClaimed",
        {"call": call},
        ("Nobody has taken this call.", "此报警还没有人接听。"),
        ("Take the call first.", "请先接听此报警。"),
    )


def call_has_ended(call: UUID) -> Refusal:
    return _refusal(
        "CallHasEnded",
        {"call": call},
        ("This call has ended.", "此报警已结束。"),
        (
            "Open or link an incident if something is still to be done.",
            "如仍需处理，请新建警情或关联已有警情。",
        ),
    )


def call_back_owed(call: UUID) -> Refusal:
    return _refusal(
        "CallBackOwed",
        {"call": call},
        (
            "The caller was cut off or silent, and nobody has called back.",
            "报警人早释或无声，尚未回拨。",
        ),
        (
            "Call back and record the outcome, or link the call to an incident.",
            "请回拨并记录结果，或将此报警关联到警情。",
        ),
    )


def call_needs_incident(call: UUID) -> Refusal:
    return _refusal(
        "CallNeedsIncident",
        {"call": call},
        (
            "This call has ended; without its incident it would be lost.",
            "此报警已结束，没有警情将无处可查。",
        ),
        (
            "Link it to the right incident instead, or open a new one from it.",
            "请改为关联到正确的警情，或由此报警新建警情。",
        ),
    )


def reason_needed(field: str) -> Refusal:
    return _refusal(
        "ReasonNeeded",
        {"field": field},
        ("A reason is needed.", "需要填写原因。"),
        ("Choose a reason from the list.", "请从列表中选择原因。"),
    )


# --- incidents -------------------------------------------------------------------------------


def unknown_incident(incident: UUID) -> Refusal:
    return _refusal(
        "UnknownIncident",
        {"incident": incident},
        ("There is no such incident.", "没有这起警情。"),
        ("Choose an incident from the queue.", "请从警情列表中选择。"),
    )


def incident_exists(incident: UUID, number: str) -> Refusal:
    return _refusal(
        "IncidentExists",
        {"incident": incident, "number": number},
        (f"This incident was already opened as {number}.", f"此警情已建立，编号 {number}。"),
        (f"Go on with {number}.", f"请继续处理 {number}。"),
    )


def incident_is_closed(incident: UUID, number: str) -> Refusal:
    return _refusal(
        "IncidentIsClosed",
        {"incident": incident, "number": number},
        (f"Incident {number} is closed.", f"警情 {number} 已办结。"),
        ("Reopen it with a reason, or open a new incident.", "请填写原因后撤销办结，或新建警情。"),
    )


def incident_is_merged(incident: UUID, into: UUID, number: str) -> Refusal:
    return _refusal(
        "IncidentIsMerged",
        {"incident": incident, "into": into, "number": number},
        ("This incident was merged into another one.", "此警情已并入另一警情。"),
        (
            "Go on with the incident that it is part of, or split it out again.",
            "请在并入后的警情中继续，或将其拆分出来。",
        ),
    )


def already_merged(incident: UUID, into: UUID) -> Refusal:
    return _refusal(
        "AlreadyMerged",
        {"incident": incident, "into": into},
        ("This incident is already merged into another one.", "此警情已并入其他警情。"),
        ("Split it out first, then merge it again.", "请先拆分，再重新并入。"),
    )


def cannot_merge_into_itself(incident: UUID) -> Refusal:
    return _refusal(
        "CannotMergeIntoItself",
        {"incident": incident},
        ("An incident can't be merged into itself.", "警情不能并入自身。"),
        ("Choose another incident.", "请选择另一起警情。"),
    )


def not_merged(incident: UUID) -> Refusal:
    return _refusal(
        "NotMerged",
        {"incident": incident},
        ("This incident isn't merged into another one.", "此警情没有并入其他警情。"),
        (
            "Nothing needs to be split; choose a merged incident.",
            "无需拆分；请选择已并入其他警情的警情。",
        ),
    )


def split_outer_first(incident: UUID, merged: UUID, into: UUID) -> Refusal:
    return _refusal(
        "SplitOuterFirst",
        {"incident": incident, "merged": merged, "into": into},
        (
            "The incident that holds this one was itself merged into a third.",
            "包含此警情的警情已并入第三起警情。",
        ),
        ("Split that one out first, then this one.", "请先拆分外层警情，再拆分此警情。"),
    )


def unknown_code(field: str, value: object) -> Refusal:
    return _refusal(
        "UnknownCode",
        {"field": field, "value": value},
        (
            f"“{value}” is not one of this city's values for {field}.",
            f"“{value}”不在本城市的可选值之内（{_FIELDS.get(field, field)}）。",
        ),
        ("Choose a value from the list.", "请从列表中选择。"),
    )


def place_outside() -> Refusal:
    return _refusal(
        "PlaceOutside",
        {},
        ("This place lies outside every zone of the city.", "该地点不在本市任何辖区内。"),
        (
            "Check the place; if it is right, hand the call to the centre in charge there.",
            "请核对地点；如无误，请将报警转交当地指挥中心。",
        ),
    )


def unit_only_on_view() -> Refusal:
    return _refusal(
        "UnitOnlyOnView",
        {},
        (
            "A unit can only be named when the incident was met on view.",
            "只有现场发现的警情才能在新建时指定处警单元。",
        ),
        ("Open the incident, then dispatch the unit.", "请先建立警情，再派出处警单元。"),
    )


def note_is_empty() -> Refusal:
    return _refusal(
        "NoteIsEmpty",
        {},
        ("The note is empty.", "备注为空。"),
        ("Write something, then save it.", "请填写内容后保存。"),
    )


def unknown_note(note: UUID) -> Refusal:
    return _refusal(
        "UnknownNote",
        {"note": note},
        ("This incident has no such note.", "此警情没有这条备注。"),
        ("Choose a note from the timeline.", "请从时间线中选择备注。"),
    )


def incident_not_ready(incident: UUID, missing: Iterable[Mapping[str, object]]) -> Refusal:
    """`missing` lists what closing lacks: {"what": "disposition" | "assignment" | ..., ...}."""
    lacking = [dict(item) for item in missing]
    return _refusal(
        "IncidentNotReady",
        {"incident": incident, "missing": lacking},
        (
            f"Still missing before this incident can be closed: {len(lacking)}.",
            f"警情办结前还缺 {len(lacking)} 项。",
        ),
        ("Complete what is listed, then close it.", "请补齐所列各项后再办结。"),
    )


# --- time ------------------------------------------------------------------------------------


def time_in_future(occurred_at_ms: int, now_ms: int) -> Refusal:
    return _refusal(
        "TimeInFuture",
        {"occurred_at_ms": occurred_at_ms, "now_ms": now_ms},
        ("This time lies in the future.", "所填时间晚于当前时间。"),
        ("Enter when it happened, or leave the time out.", "请填写实际发生时间，或留空。"),
    )


def time_before_opening(occurred_at_ms: int, opened_at_ms: int) -> Refusal:
    return _refusal(
        "TimeBeforeOpening",
        {"occurred_at_ms": occurred_at_ms, "opened_at_ms": opened_at_ms},
        ("This time lies before the incident was opened.", "所填时间早于警情建立时间。"),
        ("Enter a time after the opening.", "请填写警情建立之后的时间。"),
    )


def time_before_last_step(occurred_at_ms: int, since_ms: int, unit: str) -> Refusal:
    return _refusal(
        "TimeBeforeLastStep",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms, "unit": unit},
        (f"This time lies before the last step of {unit}.", f"所填时间早于 {unit} 的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )


# --- assignments -----------------------------------------------------------------------------


def unknown_assignment(assignment: UUID) -> Refusal:
    return _refusal(
        "UnknownAssignment",
        {"assignment": assignment},
        ("This incident has no such assignment.", "此警情没有这条派警记录。"),
        ("Choose a unit that is on this incident.", "请选择派往此警情的处警单元。"),
    )


def assignment_exists(assignment: UUID) -> Refusal:
    return _refusal(
        "AssignmentExists",
        {"assignment": assignment},
        ("This assignment was already made.", "这条派警记录已存在。"),
        ("Dispatch the unit again, with a new id.", "请用新的编号重新派出处警单元。"),
    )


def nothing_to_send() -> Refusal:
    return _refusal(
        "NothingToSend",
        {},
        ("No unit was named.", "没有指定处警单元。"),
        ("Choose at least one unit.", "请至少选择一个处警单元。"),
    )


def unit_named_twice(unit: str) -> Refusal:
    return _refusal(
        "UnitNamedTwice",
        {"unit": unit},
        (f"{unit} is in the list twice.", f"{unit} 在列表中重复。"),
        ("Name each unit once.", "每个处警单元只填一次。"),
    )


def assignment_has_ended(
    assignment: UUID, unit: str, state: str, to: tuple[UUID, UUID] | None
) -> Refusal:
    """`to`: the incident and assignment where the unit's work goes on, when it was moved."""
    moved = {"to_incident": str(to[0]), "to_assignment": str(to[1])} if to else {}
    return _refusal(
        "AssignmentHasEnded",
        {"assignment": assignment, "unit": unit, "state": state, **moved},
        (f"The assignment of {unit} here has ended.", f"{unit} 在此警情的派警已结束。"),
        ("Go on where the unit was moved to.", "请在该处警单元转去的警情中继续。")
        if to
        else ("Dispatch the unit again if it is needed.", "如仍需要，请重新派出该处警单元。"),
    )


def cannot_go_back(assignment: UUID, unit: str, state: str) -> Refusal:
    return _refusal(
        "CannotGoBack",
        {"assignment": assignment, "unit": unit, "state": state},
        (f"{unit} is already further on than this.", f"{unit} 已处于更后的状态。"),
        (
            "Choose a later step, or add a note with what really happened.",
            "请选择后续状态，或添加备注说明实际情况。",
        ),
    )


def cancel_instead(assignment: UUID, unit: str) -> Refusal:
    return _refusal(
        "CancelInstead",
        {"assignment": assignment, "unit": unit},
        (
            f"{unit} has not set out yet, so it can't be cleared.",
            f"{unit} 尚未出动，不能报处警完毕。",
        ),
        ("Cancel the assignment, or record that it set out.", "请取消派警，或先记录其出动。"),
    )


def clear_instead(assignment: UUID, unit: str) -> Refusal:
    return _refusal(
        "ClearInstead",
        {"assignment": assignment, "unit": unit},
        (
            f"{unit} has already arrived, so it can't be cancelled.",
            f"{unit} 已到场，不能取消派警。",
        ),
        ("Clear the assignment with a reason.", "请填写原因并报处警完毕。"),
    )


def nothing_to_undo(assignment: UUID) -> Refusal:
    return _refusal(
        "NothingToUndo",
        {"assignment": assignment},
        (
            "There is no reassignment that could still be undone.",
            "没有可以撤销的改派。",
        ),
        (
            "Reassign the unit, or dispatch it to where it is needed.",
            "请重新改派，或将该处警单元派往需要之处。",
        ),
    )


# --- units -----------------------------------------------------------------------------------


def unknown_unit(unit: str) -> Refusal:
    return _refusal(
        "UnknownUnit",
        {"unit": unit},
        (f"There is no unit {unit}.", f"没有处警单元 {unit}。"),
        ("Choose a unit from the board.", "请从处警单元面板中选择。"),
    )


def unit_already_committed(unit: str, incident: UUID, number: str, assignment: UUID) -> Refusal:
    return _refusal(
        "UnitAlreadyCommitted",
        {"unit": unit, "incident": incident, "number": number, "assignment": assignment},
        (f"{unit} is on incident {number}.", f"{unit} 正在处置警情 {number}。"),
        (
            "Reassign it, clear it there first, or choose another unit.",
            "请改派、先在原警情报处警完毕，或另选处警单元。",
        ),
    )


def unit_unavailable(unit: str, reason: str) -> Refusal:
    return _refusal(
        "UnitUnavailable",
        {"unit": unit, "reason": reason},
        (f"{unit} is marked unavailable.", f"{unit} 暂停调用。"),
        (
            "Choose another unit, or give a reason to send it all the same.",
            "请另选处警单元，或填写原因后仍然派警。",
        ),
    )


def unit_off_duty(unit: str) -> Refusal:
    return _refusal(
        "UnitOffDuty",
        {"unit": unit},
        (f"{unit} is off duty.", f"{unit} 未在勤。"),
        ("Sign its crew on first, or choose another unit.", "请先为其班组上勤，或另选处警单元。"),
    )


def crew_is_empty(unit: str) -> Refusal:
    return _refusal(
        "CrewIsEmpty",
        {"unit": unit},
        (f"Nobody was named for {unit}.", f"没有为 {unit} 指定班组成员。"),
        ("Name at least one member of the crew.", "请至少填写一名班组成员。"),
    )


def person_named_twice(unit: str, person: str) -> Refusal:
    return _refusal(
        "PersonNamedTwice",
        {"unit": unit, "person": person},
        (f"{person} is named twice for {unit}.", f"{unit} 的人员中 {person} 重复。"),
        ("Name each person once.", "每人只填一次。"),
    )


def person_on_another_unit(person: str, there: str, unit: str, may_move: bool) -> Refusal:
    """`may_move`: whoever asks may move people, and is told how."""
    return _refusal(
        "PersonOnAnotherUnit",
        {"person": person, "there": there, "unit": unit},
        (f"{person} is on {there}.", f"{person} 已在 {there} 上勤。"),
        (
            f"Say why {person} moves to {unit} (MOVE {unit} {person} …), or leave {person} out.",
            f"请填写调至 {unit} 的原因（MOVE {unit} {person} ……），或不填写 {person}。",
        )
        if may_move
        else (
            f"Ask the dispatcher to move {person} to {unit}, or leave {person} out.",
            f"请联系调度员将 {person} 调至 {unit}，或不填写 {person}。",
        ),
    )


def last_of_crew(person: str, unit: str, number: str) -> Refusal:
    return _refusal(
        "LastOfCrew",
        {"person": person, "unit": unit, "number": number},
        (
            f"{unit} is on incident {number} and would be left without a crew.",
            f"{unit} 正在处置警情 {number}，调走后将没有班组。",
        ),
        (
            f"Clear {unit} first, or sign somebody else on it.",
            f"请先将 {unit} 处警完毕，或为其安排其他人员上勤。",
        ),
    )


def no_emergency(unit: str) -> Refusal:
    return _refusal(
        "NoEmergency",
        {"unit": unit},
        (f"{unit} has raised no emergency.", f"{unit} 没有紧急告警。"),
        ("Check which unit called for help.", "请核对是哪个处警单元告警。"),
    )


def emergency_not_acknowledged(unit: str) -> Refusal:
    return _refusal(
        "EmergencyNotAcknowledged",
        {"unit": unit},
        (f"Nobody has acknowledged the emergency of {unit}.", f"{unit} 的紧急告警尚未签收。"),
        (
            "Acknowledge it and speak to the unit, then end it.",
            "请先签收并与该处警单元通话，再解除。",
        ),
    )


def emergency_goes_on(unit: str) -> Refusal:
    return _refusal(
        "EmergencyGoesOn",
        {"unit": unit},
        (f"The emergency of {unit} has not ended.", f"{unit} 的紧急告警尚未解除。"),
        ("End the emergency first.", "请先解除紧急告警。"),
    )


def unit_in_emergency(unit: str) -> Refusal:
    return _refusal(
        "UnitInEmergency",
        {"unit": unit},
        (
            f"{unit} has raised an emergency, which has not ended.",
            f"{unit} 已发出紧急告警，尚未解除。",
        ),
        (
            "Send help there, and choose another unit here. It can be sent when that has ended.",
            f"请先救援 {unit}，此处另选处警单元；解除紧急告警后方可再次派出。",
        ),
    )


# --- the desk --------------------------------------------------------------------------------


def unknown_handover(handover: UUID) -> Refusal:
    return _refusal(
        "UnknownHandover",
        {"handover": handover},
        ("There is no such handover.", "没有这次交接。"),
        ("Start a handover.", "请发起交接。"),
    )


def handover_has_ended(handover: UUID, state: str) -> Refusal:
    return _refusal(
        "HandoverHasEnded",
        {"handover": handover, "state": state},
        ("This handover has ended.", "这次交接已结束。"),
        ("Start a new one if it is needed.", "如有需要，请重新发起交接。"),
    )


def handover_incomplete(handover: UUID, incidents: Iterable[UUID]) -> Refusal:
    left = [str(incident) for incident in incidents]
    return _refusal(
        "HandoverIncomplete",
        {"handover": handover, "incidents": left},
        (
            f"Open incidents not yet confirmed: {len(left)}.",
            f"还有 {len(left)} 起未结警情没有确认。",
        ),
        ("Confirm each open incident, then complete it.", "请逐一确认未结警情后完成交接。"),
    )


def not_your_handover(handover: UUID, by: str, to: str) -> Refusal:
    return _refusal(
        "NotYourHandover",
        {"handover": handover, "by": by, "to": to},
        (f"This handover is between {by} and {to}.", f"这次交接由 {by} 交给 {to}。"),
        (f"Ask {to} to do this.", f"请由 {to} 操作。"),
    )


def unknown_receiver(to: str, known: Iterable[str]) -> Refusal:
    """`known`: the members who may take the desk."""
    names = list(known)
    listed = (", ".join(names), "、".join(names)) if names else ("nobody yet", "暂无")
    return _refusal(
        "UnknownReceiver",
        {"to": to, "known": names},
        (f"No member “{to}” may take the desk.", f"没有可接管席位的人员“{to}”。"),
        (f"Name one who may: {listed[0]}.", f"请填写可接管席位的人员：{listed[1]}。"),
    )


def cannot_hand_to_yourself() -> Refusal:
    return _refusal(
        "CannotHandToYourself",
        {},
        ("A desk can't be handed to oneself.", "席位不能交接给自己。"),
        ("Choose the colleague who takes over.", "请选择接班人员。"),
    )

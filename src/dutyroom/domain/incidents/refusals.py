"""Why something can't be done with an incident or an assignment, and what to do next."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_incident(incident: UUID) -> Refusal:
    return refusal(
        "UnknownIncident",
        {"incident": incident},
        ("There is no such incident.", "没有这起警情。"),
        ("Choose an incident from the queue.", "请从警情列表中选择。"),
    )


def incident_exists(incident: UUID, number: str) -> Refusal:
    return refusal(
        "IncidentExists",
        {"incident": incident, "number": number},
        (f"This incident was already opened as {number}.", f"此警情已建立，编号 {number}。"),
        (f"Go on with {number}.", f"请继续处理 {number}。"),
    )


def incident_is_closed(incident: UUID, number: str) -> Refusal:
    return refusal(
        "IncidentIsClosed",
        {"incident": incident, "number": number},
        (f"Incident {number} is closed.", f"警情 {number} 已办结。"),
        ("Reopen it with a reason, or open a new incident.", "请填写原因后撤销办结，或新建警情。"),
    )


def incident_is_merged(incident: UUID, into: UUID, number: str) -> Refusal:
    return refusal(
        "IncidentIsMerged",
        {"incident": incident, "into": into, "number": number},
        ("This incident was merged into another one.", "此警情已并入另一警情。"),
        (
            "Go on with the incident that it is part of, or split it out again.",
            "请在并入后的警情中继续，或将其拆分出来。",
        ),
    )


def call_reported_it(incident: UUID, call: UUID, number: str) -> Refusal:
    return refusal(
        "CallReportedIt",
        {"incident": incident, "call": call, "number": number},
        (
            f"This call reported incident {number}: a chase is a later call.",
            f"警情 {number} 由此报警建立，后续报警才是催警。",
        ),
        (
            "Choose the later call, or unlink this one first.",
            "请选择后续报警，或先取消此报警的关联。",
        ),
    )


def already_merged(incident: UUID, into: UUID) -> Refusal:
    return refusal(
        "AlreadyMerged",
        {"incident": incident, "into": into},
        ("This incident is already merged into another one.", "此警情已并入其他警情。"),
        ("Split it out first, then merge it again.", "请先拆分，再重新并入。"),
    )


def cannot_merge_into_itself(incident: UUID) -> Refusal:
    return refusal(
        "CannotMergeIntoItself",
        {"incident": incident},
        ("An incident can't be merged into itself.", "警情不能并入自身。"),
        ("Choose another incident.", "请选择另一起警情。"),
    )


def complaint_stays_apart(number: str) -> Refusal:
    return refusal(
        "ComplaintStaysApart",
        {"number": number},
        (
            f"{number} is a complaint about an officer; the other one isn't.",
            f"{number} 为投诉民警的警情，另一起不是。",
        ),
        (
            "Leave it apart: merged, it would lie with that officer's police station.",
            "请保持为单独警情：并入后将由被投诉民警所在派出所办理。",
        ),
    )


def not_merged(incident: UUID) -> Refusal:
    return refusal(
        "NotMerged",
        {"incident": incident},
        ("This incident isn't merged into another one.", "此警情没有并入其他警情。"),
        (
            "Nothing needs to be split; choose a merged incident.",
            "无需拆分；请选择已并入其他警情的警情。",
        ),
    )


def split_outer_first(incident: UUID, merged: UUID, into: UUID) -> Refusal:
    return refusal(
        "SplitOuterFirst",
        {"incident": incident, "merged": merged, "into": into},
        (
            "The incident that holds this one was itself merged into a third.",
            "包含此警情的警情已并入第三起警情。",
        ),
        ("Split that one out first, then this one.", "请先拆分外层警情，再拆分此警情。"),
    )


def place_outside() -> Refusal:
    return refusal(
        "PlaceOutside",
        {},
        ("This place lies outside every zone of the city.", "该地点不在本市任何辖区内。"),
        (
            "Check the place; if it is right, hand the call to the centre in charge there.",
            "请核对地点；如无误，请将报警转交当地指挥中心。",
        ),
    )


def unit_only_on_view() -> Refusal:
    return refusal(
        "UnitOnlyOnView",
        {},
        (
            "A unit can only be named when the incident was met on view.",
            "只有现场发现的警情才能在新建时指定处警单元。",
        ),
        ("Open the incident, then dispatch the unit.", "请先建立警情，再派出处警单元。"),
    )


def note_is_empty() -> Refusal:
    return refusal(
        "NoteIsEmpty",
        {},
        ("The note is empty.", "备注为空。"),
        ("Write something, then save it.", "请填写内容后保存。"),
    )


def unknown_note(note: UUID) -> Refusal:
    return refusal(
        "UnknownNote",
        {"note": note},
        ("This incident has no such note.", "此警情没有这条备注。"),
        ("Choose a note from the timeline.", "请从时间线中选择备注。"),
    )


def incident_not_ready(incident: UUID, missing: Iterable[Mapping[str, object]]) -> Refusal:
    """`missing` lists what closing lacks: {"what": "disposition" | "assignment" | ..., ...}."""
    lacking = [dict(item) for item in missing]
    return refusal(
        "IncidentNotReady",
        {"incident": incident, "missing": lacking},
        (
            f"Still missing before this incident can be closed: {len(lacking)}.",
            f"警情办结前还缺 {len(lacking)} 项。",
        ),
        ("Complete what is listed, then close it.", "请补齐所列各项后再办结。"),
    )


def time_before_opening(occurred_at_ms: int, opened_at_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeOpening",
        {"occurred_at_ms": occurred_at_ms, "opened_at_ms": opened_at_ms},
        ("This time lies before the incident was opened.", "所填时间早于警情建立时间。"),
        ("Enter a time after the opening.", "请填写警情建立之后的时间。"),
    )


def not_a_light_matter(incident: UUID, number: str) -> Refusal:
    """Its route has every step taken by hand."""
    return refusal(
        "NotALightMatter",
        {"incident": incident, "number": number},
        (
            f"{number} is not a light matter: it is not concluded in one step.",
            f"{number} 不属于可一键办结的简易警情。",
        ),
        (
            "Clear its units, say how it came out, and close it.",
            "请为处警单元报处警完毕、填写处警结果后再办结。",
        ),
    )


def time_before_last_step(occurred_at_ms: int, since_ms: int, unit: str) -> Refusal:
    return refusal(
        "TimeBeforeLastStep",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms, "unit": unit},
        (f"This time lies before the last step of {unit}.", f"所填时间早于 {unit} 的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )


def unknown_assignment(assignment: UUID) -> Refusal:
    return refusal(
        "UnknownAssignment",
        {"assignment": assignment},
        ("This incident has no such assignment.", "此警情没有这条派警记录。"),
        ("Choose a unit that is on this incident.", "请选择派往此警情的处警单元。"),
    )


def assignment_exists(assignment: UUID) -> Refusal:
    return refusal(
        "AssignmentExists",
        {"assignment": assignment},
        ("This assignment was already made.", "这条派警记录已存在。"),
        ("Dispatch the unit again, with a new id.", "请用新的编号重新派出处警单元。"),
    )


def nothing_to_send() -> Refusal:
    return refusal(
        "NothingToSend",
        {},
        ("No unit was named.", "没有指定处警单元。"),
        ("Choose at least one unit.", "请至少选择一个处警单元。"),
    )


def unit_named_twice(unit: str) -> Refusal:
    return refusal(
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
    return refusal(
        "AssignmentHasEnded",
        {"assignment": assignment, "unit": unit, "state": state, **moved},
        (f"The assignment of {unit} here has ended.", f"{unit} 在此警情的派警已结束。"),
        ("Go on where the unit was moved to.", "请在该处警单元转去的警情中继续。")
        if to
        else ("Dispatch the unit again if it is needed.", "如仍需要，请重新派出该处警单元。"),
    )


def cannot_go_back(assignment: UUID, unit: str, state: str) -> Refusal:
    return refusal(
        "CannotGoBack",
        {"assignment": assignment, "unit": unit, "state": state},
        (f"{unit} is already further on than this.", f"{unit} 已处于更后的状态。"),
        (
            "Choose a later step, or add a note with what really happened.",
            "请选择后续状态，或添加备注说明实际情况。",
        ),
    )


def cancel_instead(assignment: UUID, unit: str) -> Refusal:
    return refusal(
        "CancelInstead",
        {"assignment": assignment, "unit": unit},
        (
            f"{unit} has not set out yet, so it can't be cleared.",
            f"{unit} 尚未出动，不能报处警完毕。",
        ),
        ("Cancel the assignment, or record that it set out.", "请取消派警，或先记录其出动。"),
    )


def clear_instead(assignment: UUID, unit: str) -> Refusal:
    return refusal(
        "ClearInstead",
        {"assignment": assignment, "unit": unit},
        (
            f"{unit} has already arrived, so it can't be cancelled.",
            f"{unit} 已到场，不能取消派警。",
        ),
        ("Clear the assignment with a reason.", "请填写原因并报处警完毕。"),
    )


def nothing_to_undo(assignment: UUID) -> Refusal:
    return refusal(
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

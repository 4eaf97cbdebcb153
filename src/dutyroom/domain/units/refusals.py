"""Why something can't be done with a unit, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_unit(unit: str) -> Refusal:
    return refusal(
        "UnknownUnit",
        {"unit": unit},
        (f"There is no unit {unit}.", f"没有处警单元 {unit}。"),
        ("Choose a unit from the board.", "请从处警单元面板中选择。"),
    )


def unit_already_committed(unit: str, incident: UUID, number: str, assignment: UUID) -> Refusal:
    return refusal(
        "UnitAlreadyCommitted",
        {"unit": unit, "incident": incident, "number": number, "assignment": assignment},
        (f"{unit} is on incident {number}.", f"{unit} 正在处置警情 {number}。"),
        (
            "Reassign it, clear it there first, or choose another unit.",
            "请改派、先在原警情报处警完毕，或另选处警单元。",
        ),
    )


def unit_unavailable(unit: str, reason: str) -> Refusal:
    return refusal(
        "UnitUnavailable",
        {"unit": unit, "reason": reason},
        (f"{unit} is marked unavailable.", f"{unit} 暂停调用。"),
        (
            "Choose another unit, or give a reason to send it all the same.",
            "请另选处警单元，或填写原因后仍然派警。",
        ),
    )


def unit_off_duty(unit: str) -> Refusal:
    return refusal(
        "UnitOffDuty",
        {"unit": unit},
        (f"{unit} is off duty.", f"{unit} 未在勤。"),
        ("Sign its crew on first, or choose another unit.", "请先为其班组上勤，或另选处警单元。"),
    )


def crew_is_empty(unit: str) -> Refusal:
    return refusal(
        "CrewIsEmpty",
        {"unit": unit},
        (f"Nobody was named for {unit}.", f"没有为 {unit} 指定班组成员。"),
        ("Name at least one member of the crew.", "请至少填写一名班组成员。"),
    )


def person_named_twice(unit: str, person: str) -> Refusal:
    return refusal(
        "PersonNamedTwice",
        {"unit": unit, "person": person},
        (f"{person} is named twice for {unit}.", f"{unit} 的人员中 {person} 重复。"),
        ("Name each person once.", "每人只填一次。"),
    )


def person_on_another_unit(person: str, there: str, unit: str, may_move: bool) -> Refusal:
    """`may_move`: whoever asks may move people, and reads how."""
    return refusal(
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
    return refusal(
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
    return refusal(
        "NoEmergency",
        {"unit": unit},
        (f"{unit} has raised no emergency.", f"{unit} 没有紧急告警。"),
        ("Check which unit called for help.", "请核对是哪个处警单元告警。"),
    )


def emergency_not_acknowledged(unit: str) -> Refusal:
    return refusal(
        "EmergencyNotAcknowledged",
        {"unit": unit},
        (f"Nobody has acknowledged the emergency of {unit}.", f"{unit} 的紧急告警尚未签收。"),
        (
            "Acknowledge it and speak to the unit, then end it.",
            "请先签收并与该处警单元通话，再解除。",
        ),
    )


def emergency_goes_on(unit: str) -> Refusal:
    return refusal(
        "EmergencyGoesOn",
        {"unit": unit},
        (f"The emergency of {unit} has not ended.", f"{unit} 的紧急告警尚未解除。"),
        ("End the emergency first.", "请先解除紧急告警。"),
    )


def unit_in_emergency(unit: str) -> Refusal:
    return refusal(
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

"""Why something can't be done with a call, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_call(call: UUID) -> Refusal:
    return refusal(
        "UnknownCall",
        {"call": call},
        ("There is no such call.", "没有这起报警。"),
        ("Choose a call from the list.", "请从列表中选择一起报警。"),
    )


def call_already_claimed(call: UUID, by: str) -> Refusal:
    return refusal(
        "CallAlreadyClaimed",
        {"call": call, "by": by},
        (f"{by} has already taken this call.", f"{by} 已接听此报警。"),
        (
            f"Take the next one, or ask {by} to release it.",
            f"请接听下一起报警，或请 {by} 将此报警退回排队。",
        ),
    )


def call_not_claimed(call: UUID) -> Refusal:
    return refusal(
        "CallNotClaimed",
        {"call": call},
        ("Nobody has taken this call.", "此报警还没有人接听。"),
        ("Take the call first.", "请先接听此报警。"),
    )


def call_has_ended(call: UUID) -> Refusal:
    return refusal(
        "CallHasEnded",
        {"call": call},
        ("This call has ended.", "此报警已结束。"),
        (
            "Open or link an incident if something is still to be done.",
            "如仍需处理，请新建警情或关联已有警情。",
        ),
    )


def call_back_owed(call: UUID) -> Refusal:
    return refusal(
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
    return refusal(
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


def not_safe_to_contact(incident: UUID, number: str, reason: str) -> Refusal:
    """Of a call, or of a call-back after the conclusion."""
    return refusal(
        "NotSafeToContact",
        {"incident": incident, "number": number, "reason": reason},
        (
            f"Incident {number} is marked: it is not safe to contact the caller.",
            f"警情 {number} 已标记“不便联系”，不得联系报警人。",
        ),
        (
            "Do not call. A dispatcher or supervisor lifts the mark once it is safe.",
            "请勿致电。确认安全后，由调度员或值班长解除标记。",
        ),
    )

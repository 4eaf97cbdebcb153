"""Why something can't be done with a handover, and what to do next."""

from collections.abc import Iterable
from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_handover(handover: UUID) -> Refusal:
    return refusal(
        "UnknownHandover",
        {"handover": handover},
        ("There is no such handover.", "没有这次交接。"),
        ("Start a handover.", "请发起交接。"),
    )


def handover_has_ended(handover: UUID, state: str) -> Refusal:
    return refusal(
        "HandoverHasEnded",
        {"handover": handover, "state": state},
        ("This handover has ended.", "这次交接已结束。"),
        ("Start a new one if it is needed.", "如有需要，请重新发起交接。"),
    )


def handover_incomplete(handover: UUID, incidents: Iterable[UUID]) -> Refusal:
    left = [str(incident) for incident in incidents]
    return refusal(
        "HandoverIncomplete",
        {"handover": handover, "incidents": left},
        (
            f"Open incidents not yet confirmed: {len(left)}.",
            f"还有 {len(left)} 起未结警情没有确认。",
        ),
        ("Confirm each open incident, then complete it.", "请逐一确认未结警情后完成交接。"),
    )


def not_your_handover(handover: UUID, by: str, to: str) -> Refusal:
    return refusal(
        "NotYourHandover",
        {"handover": handover, "by": by, "to": to},
        (f"This handover is between {by} and {to}.", f"这次交接由 {by} 交给 {to}。"),
        (f"Ask {to} to do this.", f"请由 {to} 操作。"),
    )


def unknown_receiver(to: str, known: Iterable[str]) -> Refusal:
    """`known`: the members who may take the desk."""
    names = list(known)
    listed = (", ".join(names), "、".join(names)) if names else ("nobody yet", "暂无")
    return refusal(
        "UnknownReceiver",
        {"to": to, "known": names},
        (f"No member “{to}” may take the desk.", f"没有可接管席位的人员“{to}”。"),
        (f"Name one who may: {listed[0]}.", f"请填写可接管席位的人员：{listed[1]}。"),
    )


def cannot_hand_to_yourself() -> Refusal:
    return refusal(
        "CannotHandToYourself",
        {},
        ("A desk can't be handed to oneself.", "席位不能交接给自己。"),
        ("Choose the colleague who takes over.", "请选择接班人员。"),
    )

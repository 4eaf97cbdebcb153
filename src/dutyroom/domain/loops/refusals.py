"""Refusals about loops and their clocks."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_clock(loop: UUID, clock: str) -> Refusal:
    """No such clock has run for the incident."""
    return refusal(
        "UnknownClock",
        {"loop": loop, "clock": clock},
        ("No such clock runs for this incident.", "此警情没有该时限。"),
        ("Choose one of the clocks that the incident shows.", "请从警情显示的时限中选择。"),
    )


def clock_is_over(loop: UUID, clock: str) -> Refusal:
    """It was met, or no longer counts."""
    return refusal(
        "ClockIsOver",
        {"loop": loop, "clock": clock},
        ("This clock is over.", "该时限已结束。"),
        ("Nothing is needed: look at the record for how it ended.", "无需操作，结果见记录。"),
    )


def clock_is_paused(loop: UUID, clock: str) -> Refusal:
    """It stands still."""
    return refusal(
        "ClockIsPaused",
        {"loop": loop, "clock": clock},
        ("This clock is paused.", "该时限已暂停。"),
        ("Resume it first.", "请先恢复计时。"),
    )


def clock_has_run_out(clock: str) -> Refusal:
    """It is late: a pause would only hide it."""
    return refusal(
        "ClockHasRunOut",
        {"clock": clock},
        ("This clock has run out already.", "该时限已超时。"),
        (
            "A pause would change nothing: do what it is for, or have it extended.",
            "暂停已无作用：请办结该事项，或申请延长。",
        ),
    )


def reason_not_allowed(clock: str, reason: str, allowed: tuple[str, ...]) -> Refusal:
    """The rule of the clock doesn't know this reason."""
    return refusal(
        "ReasonNotAllowed",
        {"clock": clock, "reason": reason, "allowed": allowed},
        ("This clock is not paused for that reason.", "该时限不能以此原因暂停。"),
        (
            "Choose one of the reasons of its rule; without any it never stands still.",
            "请选择规则允许的原因；规则未列原因的时限不能暂停。",
        ),
    )


def not_extended_again(clock: str, at_most: int) -> Refusal:
    """All its extensions are used up, or it has none."""
    return refusal(
        "NotExtendedAgain",
        {"clock": clock, "at_most": at_most},
        (
            f"This clock may be extended {at_most} times at most, and was.",
            f"该时限最多可延长 {at_most} 次，已用完。",
        ),
        ("Finish what it is for, or ask for an order.", "请尽快办结，或请示上级。"),
    )


def not_the_approver(clock: str, role: str) -> Refusal:
    """Another role approves extensions of this clock."""
    return refusal(
        "NotTheApprover",
        {"clock": clock, "role": role},
        ("Your role does not approve extensions of this clock.", "您的角色无权批准延长该时限。"),
        ("Ask a member of the role that its rule names.", "请由规则指定角色的人员批准。"),
    )


def nothing_to_approve(loop: UUID) -> Refusal:
    """It has no stages, or is part of another incident."""
    return refusal(
        "NothingToApprove",
        {"loop": loop},
        ("There is nothing to approve here.", "没有需要审核的内容。"),
        (
            "Approve the incident that it was merged into; without a route nothing is needed.",
            "已并入的请审核主警情；未设流程的无需审核。",
        ),
    )


def not_handled_yet(loop: UUID, lacking: tuple[str, ...]) -> Refusal:
    """Units are still at work, nobody has said how it came out, or tasks that come before are not
    done: `lacking` says which."""
    return refusal(
        "NotHandledYet",
        {"loop": loop, "lacking": lacking},
        ("This incident has not been handled yet.", "此警情尚未处置完毕。"),
        (
            "Clear its units, say how it came out and see its tasks done; then approve it.",
            "请先为处警单元报处警完毕、填写处警结果并办完任务，再审核。",
        ),
    )


def too_late_to_withdraw(loop: UUID) -> Refusal:
    """It was closed with this approval."""
    return refusal(
        "TooLateToWithdraw",
        {"loop": loop},
        ("The incident was closed with this approval.", "警情已凭此审核办结。"),
        ("Reopen the incident: then it is approved anew.", "请撤销办结该警情，之后重新审核。"),
    )

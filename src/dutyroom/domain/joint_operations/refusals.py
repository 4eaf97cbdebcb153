"""Why something can't be done with a joint operation, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_joint_operation(joint_operation: UUID) -> Refusal:
    return refusal(
        "UnknownJointOperation",
        {"joint_operation": joint_operation},
        ("There is no such joint operation.", "没有此联合行动。"),
        ("Begin it first.", "请先发起联合行动。"),
    )


def joint_operation_exists(joint_operation: UUID, state: str) -> Refusal:
    return refusal(
        "JointOperationExists",
        {"joint_operation": joint_operation, "state": state},
        ("This joint operation has begun already.", "该联合行动已经发起。"),
        ("Go on with it.", "请在该联合行动中操作。"),
    )


def joint_operation_is_over(joint_operation: UUID) -> Refusal:
    return refusal(
        "JointOperationIsOver",
        {"joint_operation": joint_operation},
        ("This joint operation is over.", "该联合行动已结束。"),
        ("Go on with it first.", "请先恢复联合行动。"),
    )


def joint_operation_needs_organisations(org: str) -> Refusal:
    return refusal(
        "JointOperationNeedsOrganisations",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。")
        if org
        else ("Two organisations or more take part.", "联合行动至少有两个单位参加。"),
        ("Choose them from the list.", "请从列表中选择单位。"),
    )


def org_takes_no_part(org: str) -> Refusal:
    return refusal(
        "OrgTakesNoPart",
        {"org": org},
        ("This organisation takes no part in it.", "该单位未参加此联合行动。"),
        ("Have it join first.", "请先将其加入联合行动。"),
    )


def last_one_takes_part(org: str) -> Refusal:
    return refusal(
        "LastOneTakesPart",
        {"org": org},
        ("No other organisation takes part any more.", "已没有其他单位参加此联合行动。"),
        (
            "End the joint operation, or have another one join first.",
            "请结束联合行动，或先加入其他单位。",
        ),
    )


def plan_lines_are_open(count: int) -> Refusal:
    return refusal(
        "PlanLinesAreOpen",
        {"count": count},
        (
            f"{count} of the things to be done {'is' if count == 1 else 'are'} still open.",
            f"还有 {count} 项行动事项未完成。",
        ),
        ("Tick them off, or strike them.", "请勾选完成，或予以作废。"),
    )


def unknown_plan_line(line: UUID) -> Refusal:
    return refusal(
        "UnknownPlanLine",
        {"line": line},
        ("There is nothing of the kind to be done.", "没有这项行动事项。"),
        ("Choose one of the list.", "请从列表中选择。"),
    )


def time_before_joint_operation(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeJointOperation",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        ("This time lies before the joint operation began.", "所填时间早于联合行动的开始时间。"),
        ("Enter a time after that.", "请填写开始之后的时间。"),
    )

"""Why something can't be done with a supervision order, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_order(supervision_order: UUID) -> Refusal:
    return refusal(
        "UnknownOrder",
        {"supervision_order": supervision_order},
        ("There is no such supervision order.", "没有这份督办单。"),
        ("Give it first.", "请先下达督办。"),
    )


def order_exists(supervision_order: UUID, state: str) -> Refusal:
    return refusal(
        "OrderExists",
        {"supervision_order": supervision_order, "state": state},
        ("This supervision order has been given already.", "该督办单已经下达。"),
        ("Give a new one if more is to be seen to.", "如另有事项，请另行下达督办。"),
    )


def order_not_ready(supervision_order: UUID, state: str) -> Refusal:
    """It hasn't come so far."""
    words = {
        "answered": ("This answer has not been accepted.", "该督办答复尚未认可。"),
        "acknowledged": ("This supervision order has not been answered.", "该督办单尚未答复。"),
    }
    steps = {"answered": ("Accept the answer, or send it back.", "请认可答复，或退回重报。")}
    return refusal(
        "OrderNotReady",
        {"supervision_order": supervision_order, "state": state},
        words.get(
            state, ("Nobody has acknowledged this supervision order yet.", "该督办单尚未签收。")
        ),
        steps.get(
            state, ("Wait for the answer, or remind them of it.", "请等待答复，或催报答复。")
        ),
    )


def order_has_moved_on(supervision_order: UUID, state: str, answered_by: str) -> Refusal:
    """Somebody was quicker."""
    by = (f" by {answered_by}", f"（{answered_by}）") if answered_by else ("", "")
    return refusal(
        "OrderHasMovedOn",
        {"supervision_order": supervision_order, "state": state, "answered_by": answered_by},
        (
            f"This supervision order has been answered{by[0]} already.",
            f"该督办单已答复{by[1]}。",
        ),
        (
            "Look at the answer; take it back if there is more to say.",
            "请查看答复；如需补充，请先撤回答复。",
        ),
    )


def order_is_over(supervision_order: UUID, state: str) -> Refusal:
    words = {
        "accepted": (
            "The answer to this supervision order has been accepted.",
            "该督办单的答复已认可。",
        )
    }
    return refusal(
        "OrderIsOver",
        {"supervision_order": supervision_order, "state": state},
        words.get(state, ("This supervision order has been withdrawn.", "该督办单已撤销。")),
        ("Give a new one if more is to be seen to.", "如另有事项，请另行下达督办。"),
    )


def order_organisation_is_gone(org: str) -> Refusal:
    return refusal(
        "OrderOrganisationIsGone",
        {"org": org},
        (f"There is no organisation “{org}” any more.", f"单位“{org}”已不存在。"),
        ("Give a new order to another one.", "请向其他单位重新下达督办单。"),
    )


def order_needs_organisation(org: str) -> Refusal:
    return refusal(
        "OrderNeedsOrganisation",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。")
        if org
        else ("A supervision order goes to an organisation.", "督办单须下达到具体单位。"),
        ("Choose one from the list.", "请从列表中选择单位。"),
    )


def order_to_oneself(org: str) -> Refusal:
    return refusal(
        "OrderToOneself",
        {"org": org},
        (
            "A supervision order isn't given to who gives it.",
            "不能向下达督办的人员或单位自身下达督办。",
        ),
        (
            "Choose one of your teams, another member, or an organisation below yours.",
            "请选择本单位的队室、其他人员，或下级单位。",
        ),
    )


def order_text_wrong(field: str, length: int, most: int) -> Refusal:
    """`field`: text, answer or missing."""
    return refusal(
        "OrderTextWrong",
        {"field": field, "length": length, "most": most},
        (
            f"This has at most {most} characters, and has {length}.",
            f"内容最多 {most} 字，现有 {length} 字。",
        )
        if length
        else ("Without words it says nothing.", "内容为空。"),
        (
            "Say in a few words what is to be done, or was.",
            "请简要写明要做或已做的事。",
        ),
    )


def order_due_wrong(days: int) -> Refusal:
    return refusal(
        "OrderDueWrong",
        {"days": days},
        (
            f"A supervision order is to be answered at a time to come, within {days} days.",
            f"督办答复期限须晚于现在，且不超过 {days} 天。",
        ),
        ("Correct the time, or leave it out.", "请更正时间，或留空。"),
    )


def own_answer(supervision_order: UUID) -> Refusal:
    return refusal(
        "OwnAnswer",
        {"supervision_order": supervision_order},
        ("You gave this answer yourself.", "该答复由您本人填报。"),
        ("Somebody else has to judge it.", "请由其他人员审核答复。"),
    )


def incident_takes_no_order(incident: UUID, state: str) -> Refusal:
    """`state`: none, closed or merged."""
    words = {
        "closed": ("The incident is closed.", "警情已办结。"),
        "merged": ("The incident was merged into another.", "警情已并入其他警情。"),
    }
    steps = {
        "closed": ("Reopen the incident first.", "请先对警情撤销办结。"),
        "merged": ("Go on in the incident that it was merged into.", "请在并入后的警情中操作。"),
    }
    return refusal(
        "IncidentTakesNoOrder",
        {"incident": incident, "state": state},
        words.get(state, ("There is no such incident.", "没有此警情。")),
        steps.get(state, ("Open the incident first.", "请先建立警情。")),
    )


def time_before_order(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeOrder",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        (
            "This time lies before the last step of the supervision order.",
            "所填时间早于督办单的上一步。",
        ),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )

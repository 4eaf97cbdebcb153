"""Why something can't be done with a matter, and what to do next."""

from uuid import UUID

from dutyroom.core.text import Text
from dutyroom.domain.kernel import Refusal, refusal


def unknown_matter(matter: UUID) -> Refusal:
    return refusal(
        "UnknownMatter",
        {"matter": matter},
        ("There is no such dispute here.", "没有这起纠纷。"),
        ("Open it from its incident first.", "请先从警情登记纠纷。"),
    )


def matter_exists(matter: UUID, state: str) -> Refusal:
    return refusal(
        "MatterExists",
        {"matter": matter, "state": state},
        ("This dispute has been opened already.", "该纠纷已经登记。"),
        ("Go on with it, or link the incident to it.", "请继续办理，或将警情关联到该纠纷。"),
    )


def matter_not_taken(matter: UUID) -> Refusal:
    return refusal(
        "MatterNotTaken",
        {"matter": matter},
        ("Nobody has taken this dispute yet.", "该纠纷尚无承办人。"),
        ("Take it first.", "请先接办纠纷。"),
    )


def matter_is_of_another(matter: UUID, owner: str) -> Refusal:
    return refusal(
        "MatterIsOfAnother",
        {"matter": matter, "owner": owner},
        (f"This dispute is with {owner}.", f"该纠纷由 {owner} 承办。")
        if owner
        else ("This dispute is with nobody yet.", "该纠纷尚无承办人。"),
        ("Leave it to its owner, or have it reassigned.", "请由承办人办理，或申请改派。")
        if owner
        else ("Take it first.", "请先接办纠纷。"),
    )


def matter_has_outcome(matter: UUID, outcome: str) -> Refusal:
    return refusal(
        "MatterHasOutcome",
        {"matter": matter, "outcome": outcome},
        ("It has been said what became of this dispute.", "该纠纷已登记调处结果。"),
        ("Undo the outcome if it goes on.", "如仍需调处，请撤销调处结果。"),
    )


def matter_has_not_failed(matter: UUID, state: str) -> Refusal:
    return refusal(
        "MatterHasNotFailed",
        {"matter": matter, "state": state},
        ("A case is decided only after mediation has failed.", "调解不成后方可作出处理决定。"),
        ("Say that mediation has failed first.", "请先登记调解不成。"),
    )


def matter_is_over(matter: UUID, state: str) -> Refusal:
    """`state`: given_up, decided, withdrawn or expired."""
    words = {
        "given_up": ("The sides have given this dispute up.", "当事人已撤回该纠纷。"),
        "decided": ("The case of this dispute has been decided.", "该纠纷已作出处理决定。"),
        "withdrawn": ("This dispute was opened by mistake.", "该纠纷系误登记，已撤销。"),
    }
    otherwise = (
        "This dispute has ended: nobody confirmed it in time.",
        "该纠纷已到期终结：未按时确认。",
    )
    return refusal(
        "MatterIsOver",
        {"matter": matter, "state": state},
        words.get(state, otherwise),
        ("Open a new one if there is trouble again.", "如再次发生纠纷，请重新登记。"),
    )


def matter_opened_by_another(matter: UUID, by: str) -> Refusal:
    return refusal(
        "MatterOpenedByAnother",
        {"matter": matter, "by": by},
        (f"This dispute was opened by {by}.", f"该纠纷由 {by} 登记。"),
        ("Have them or the control room take it back.", "请由登记人或指挥中心撤销登记。"),
    )


def matter_has_begun(matter: UUID) -> Refusal:
    return refusal(
        "MatterHasBegun",
        {"matter": matter},
        ("Something has been done about this dispute.", "该纠纷已有办理记录。"),
        ("Take it, and say what became of it.", "请接办后登记调处结果。"),
    )


def no_such_dispute(incident: UUID, category: str) -> Refusal:
    return refusal(
        "NoSuchDispute",
        {"incident": incident, "category": category},
        (
            "An incident of this category does not become a dispute of this kind.",
            "该警情类别不能登记为此类纠纷。",
        ),
        (
            "Choose another kind, or correct the category of the incident.",
            "请选择其他纠纷类型，或更正警情类别。",
        ),
    )


def incident_is_no_part(incident: UUID, state: str) -> Refusal:
    """`state`: none or merged."""
    return refusal(
        "IncidentIsNoPart",
        {"incident": incident, "state": state},
        ("The incident was merged into another.", "警情已并入其他警情。")
        if state == "merged"
        else ("There is no such incident.", "没有此警情。"),
        (
            "Name the incident that it was merged into, by its number.",
            "请按编号指定并入后的警情。",
        )
        if state == "merged"
        else ("Check the number.", "请核对警情编号。"),
    )


def matter_began_there(incident: UUID) -> Refusal:
    return refusal(
        "MatterBeganThere",
        {"incident": incident},
        ("The dispute was opened from this incident.", "该纠纷由此警情登记。"),
        ("Conclude the dispute instead.", "如不再办理，请登记纠纷调处结果。"),
    )


def matter_needs_organisation(org: str) -> Refusal:
    return refusal(
        "MatterNeedsOrganisation",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。")
        if org
        else ("A dispute lies with an organisation.", "纠纷须由具体单位承办。"),
        ("Choose one from the list.", "请从列表中选择单位。"),
    )


def matter_owner_elsewhere(owner: str, org: str, name: Text) -> Refusal:
    """`name`: what the organisation is called."""
    return refusal(
        "MatterOwnerElsewhere",
        {"owner": owner, "org": org},
        (f"{owner} does no work for {name.en}.", f"{owner} 不承办{name.zh}的工作。"),
        (
            "Choose a member of it, or leave the dispute to one of its teams.",
            "请选择该单位的人员，或将纠纷交给其所属队室。",
        ),
    )


def unknown_mediation(mediation: UUID) -> Refusal:
    return refusal(
        "UnknownMediation",
        {"mediation": mediation},
        ("This dispute has no such mediation.", "该纠纷没有这次调解。"),
        ("Arrange it first.", "请先安排调解。"),
    )


def mediation_was_held(mediation: UUID, result: str) -> Refusal:
    return refusal(
        "MediationWasHeld",
        {"mediation": mediation, "result": result},
        ("This mediation has been held.", "这次调解已经进行。"),
        ("Arrange another one, or write a note.", "请另行安排调解，或添加备注。"),
    )


def mediation_was_followed(mediation: UUID) -> Refusal:
    return refusal(
        "MediationWasFollowed",
        {"mediation": mediation},
        ("Something has been done since this mediation was held.", "这次调解之后已有其他办理。"),
        ("Write a note about it, or arrange another one.", "请添加备注，或另行安排调解。"),
    )


def mediation_time_wrong(days: int) -> Refusal:
    return refusal(
        "MediationTimeWrong",
        {"days": days},
        (
            f"A mediation is arranged for a time to come, within {days} days.",
            f"调解时间须晚于现在，且不超过 {days} 天。",
        ),
        ("Correct the time.", "请更正时间。"),
    )


def matter_text_wrong(length: int, most: int) -> Refusal:
    return refusal(
        "MatterTextWrong",
        {"length": length, "most": most},
        (
            f"This has at most {most} characters, and has {length}.",
            f"内容最多 {most} 字，现有 {length} 字。",
        )
        if length
        else ("Without words it says nothing.", "内容为空。"),
        ("Say in a few words what it is about.", "请简要写明情况。"),
    )


def matter_too_long(what: str, most: int) -> Refusal:
    """`what`: incidents or mediations."""
    return refusal(
        "MatterTooLong",
        {"what": what, "most": most},
        (f"A dispute has at most {most} {what}.", f"一起纠纷的记录最多 {most} 条。"),
        ("Conclude it, and open another one.", "请登记调处结果，另行登记纠纷。"),
    )


def time_before_matter(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeMatter",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        ("This time lies before the last step of the dispute.", "所填时间早于纠纷的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )

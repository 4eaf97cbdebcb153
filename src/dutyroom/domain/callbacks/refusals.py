"""Why something can't be done with a follow-up call, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_call_back(call_back: UUID) -> Refusal:
    return refusal(
        "UnknownCallBack",
        {"call_back": call_back},
        ("This incident has no follow-up call.", "此警情没有回访。"),
        ("Offer one, if the caller is to be asked.", "如需回访报警人，请先发起回访。"),
    )


def call_back_exists(call_back: UUID, state: str) -> Refusal:
    return refusal(
        "CallBackExists",
        {"call_back": call_back, "state": state},
        (
            "This incident has its follow-up call: nobody is asked twice.",
            "此警情已有回访，同一事项只回访一次。",
        ),
        ("Go on with the one that there is.", "请在已有的回访中继续。"),
    )


def call_back_taken(call_back: UUID, by: str) -> Refusal:
    return refusal(
        "CallBackTaken",
        {"call_back": call_back, "by": by},
        (f"{by} has taken this follow-up call.", f"{by} 已认领此回访。"),
        (
            "Take the next one, or have a supervisor take it over.",
            "请回访下一起，或由值班长改为认领。",
        ),
    )


def call_back_aside(call_back: UUID, because: str) -> Refusal:
    words = {
        "unsafe": ("it is not safe to contact the caller", "报警人不便联系"),
    }
    en, zh = words.get(because, ("its incident was reopened", "警情已撤销办结"))
    return refusal(
        "CallBackAside",
        {"call_back": call_back, "because": because},
        (f"This follow-up call is set aside: {en}.", f"此回访已暂缓：{zh}。"),
        (
            "It is due again by itself once that is over.",
            "原因消除后会自动恢复，请届时再办理。",
        ),
    )


def call_back_is_over(call_back: UUID, state: str) -> Refusal:
    words = {
        "done": ("The caller has answered already.", "报警人已作出评价。"),
        "given_up": ("This follow-up call was given up.", "此回访已放弃。"),
    }
    return refusal(
        "CallBackIsOver",
        {"call_back": call_back, "state": state},
        words.get(state, ("This follow-up call was dropped.", "此回访已取消。")),
        ("Undo that first, if it is wrong.", "如有误，请先撤销该结果。"),
    )


def call_back_not_over(call_back: UUID) -> Refusal:
    return refusal(
        "CallBackNotOver",
        {"call_back": call_back},
        ("This follow-up call is not over.", "此回访尚未结束。"),
        ("There is nothing to undo: go on with it.", "无可撤销，请继续办理。"),
    )


def call_back_not_yet(call_back: UUID, state: str) -> Refusal:
    """`state`: of the incident: none, open or merged."""
    words = {
        "none": ("There is no such incident.", "没有此警情。"),
        "merged": ("This incident was merged into another.", "此警情已并入其他警情。"),
    }
    steps = {
        "none": ("Choose an incident that is concluded.", "请选择已办结的警情。"),
        "merged": ("Offer it for the one that it is part of.", "请对并入后的警情发起回访。"),
    }
    return refusal(
        "CallBackNotYet",
        {"call_back": call_back, "state": state},
        words.get(state, ("This incident is not concluded.", "此警情尚未办结。")),
        steps.get(state, ("Conclude it first.", "请先办结警情。")),
    )


def call_backs_not_used(call_back: UUID) -> Refusal:
    return refusal(
        "CallBacksNotUsed",
        {"call_back": call_back},
        ("The city pack has no follow-up calls.", "城市数据包没有回访规则。"),
        ("Add call_backs to its loop.json.", "请在 loop.json 中加上 call_backs。"),
    )


def nobody_to_call(call_back: UUID, number: str) -> Refusal:
    return refusal(
        "NobodyToCall",
        {"call_back": call_back, "number": number},
        (f"Nobody reported {number} by telephone.", f"警情 {number} 没有电话报警人。"),
        ("There is nobody to ask: leave it.", "无人可回访，无需办理。"),
    )


def call_back_of_own_station(call_back: UUID, org: str) -> Refusal:
    return refusal(
        "CallBackOfOwnStation",
        {"call_back": call_back, "org": org},
        (
            "This is about the work of your own police station.",
            "此警情由您所在派出所处置，应予回避。",
        ),
        ("Leave it to somebody of another one.", "请由其他单位的人员回访。"),
    )


def answer_was_acted_on(call_back: UUID, then: str) -> Refusal:
    """`then`: reopen or task."""
    made = {"task": ("a task was made of it", "已据此下派任务")}
    en, zh = made.get(then, ("the incident was reopened for it", "警情已据此撤销办结"))
    return refusal(
        "AnswerWasActedOn",
        {"call_back": call_back, "then": then},
        (f"This answer can't be taken back: {en}.", f"此评价不能撤销：{zh}。"),
        ("Write down in the incident what was wrong.", "如有误，请在警情中记录说明。"),
    )


def dissatisfied_unanswered(call_back: UUID) -> Refusal:
    return refusal(
        "DissatisfiedUnanswered",
        {"call_back": call_back},
        (
            "The caller is not satisfied, and nothing follows from it.",
            "报警人不满意，但未安排后续。",
        ),
        (
            "Reopen the incident, or make a task of it.",
            "请对警情撤销办结，或下派任务。",
        ),
    )


def call_back_is_wanted(call_back: UUID) -> Refusal:
    return refusal(
        "CallBackIsWanted",
        {"call_back": call_back},
        ("The city pack asks for this follow-up call.", "此回访由城市数据包规定。"),
        ("Make it, or say that nobody was reached.", "请完成回访，或记录未联系上。"),
    )


def complaint_not_reopened(call_back: UUID, number: str) -> Refusal:
    return refusal(
        "ComplaintNotReopened",
        {"call_back": call_back, "number": number},
        (
            f"{number} is a complaint about an officer: it would go back to where they serve.",
            f"{number} 为投诉民警的警情，撤销办结会退回其所在派出所。",
        ),
        (
            "Make a task of it, for another organisation.",
            "请下派任务，交其他单位答复。",
        ),
    )

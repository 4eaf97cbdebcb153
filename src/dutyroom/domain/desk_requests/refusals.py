"""Why something can't be done with a request to a specialist desk, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_desk_request(desk_request: UUID) -> Refusal:
    return refusal(
        "UnknownDeskRequest",
        {"desk_request": desk_request},
        ("There is no such request.", "没有这项协作请求。"),
        ("Ask a specialist desk first.", "请先向合成岗位提出请求。"),
    )


def desk_request_exists(desk_request: UUID, state: str) -> Refusal:
    return refusal(
        "DeskRequestExists",
        {"desk_request": desk_request, "state": state},
        ("This has been asked for already.", "已提出该请求。"),
        ("Remind them, or withdraw the request.", "请催办，或撤回请求。"),
    )


def desk_request_not_ready(desk_request: UUID, state: str) -> Refusal:
    """It hasn't come so far."""
    words = {
        "asked": ("Nobody has accepted this request yet.", "该请求尚未接收。"),
        "returned": ("This request was returned.", "该请求已退回。"),
    }
    steps = {
        "asked": ("It has to be accepted first.", "请先接收请求。"),
        "returned": (
            "Ask again, or ask another specialist desk.",
            "请再次提出，或改向其他合成岗位提出。",
        ),
    }
    return refusal(
        "DeskRequestNotReady",
        {"desk_request": desk_request, "state": state},
        words.get(state, ("There is no result of this request yet.", "该请求尚未反馈结果。")),
        steps.get(state, ("Wait for the result, or remind them.", "请等待结果，或催办。")),
    )


def desk_request_has_moved_on(desk_request: UUID, state: str, owner: str) -> Refusal:
    """Somebody was quicker, or it has come further than this."""
    words = {
        "asked": ("has been made", "已提出"),
        "accepted": ("has been accepted", "已被接收"),
        "in_progress": ("is in progress", "正在办理"),
    }
    en, zh = words.get(state, ("has its result", "已反馈结果"))
    by = (f" by {owner}", f"（{owner}）") if owner else ("", "")
    return refusal(
        "DeskRequestHasMovedOn",
        {"desk_request": desk_request, "state": state, "owner": owner},
        (f"This request {en} already{by[0]}.", f"该请求{zh}{by[1]}。"),
        ("Look at what has been done, and talk to them.", "请查看办理情况，并与对方联系。"),
    )


def desk_request_is_over(desk_request: UUID, state: str) -> Refusal:
    words = {"confirmed": ("has been confirmed", "的结果已确认")}
    en, zh = words.get(state, ("has been withdrawn", "已撤回"))
    return refusal(
        "DeskRequestIsOver",
        {"desk_request": desk_request, "state": state},
        (f"This request {en}.", f"该请求{zh}。"),
        ("Ask anew if more is needed.", "如仍需协作，请重新提出请求。"),
    )


def desk_request_is_of_another(desk_request: UUID, owner: str) -> Refusal:
    return refusal(
        "DeskRequestIsOfAnother",
        {"desk_request": desk_request, "owner": owner},
        (f"This request is with {owner}.", f"该请求由 {owner} 办理。")
        if owner
        else ("This request is with nobody yet.", "该请求暂无人办理。"),
        ("Leave it to them, or accept it if it is free.", "请由其办理；如无人办理，请先接收。"),
    )


def desk_closed(desk: str, en: str, zh: str, opens_ms: int | None) -> Refusal:
    """`en` and `zh` are its names; `opens_ms`: when its hours begin."""
    return refusal(
        "DeskClosed",
        {"desk": desk, "opens_ms": opens_ms},
        (f"{en} is out of hours now.", f"{zh}不在工作时间。"),
        (
            "Let the request wait until it opens, or ask another specialist desk.",
            "可排队等候其工作时间，或改向其他合成岗位提出。",
        ),
    )


def desk_full(desk: str, en: str, zh: str, load: int, capacity: int) -> Refusal:
    return refusal(
        "DeskFull",
        {"desk": desk, "load": load, "capacity": capacity},
        (
            f"{en} is at work on {load} requests and can do {capacity} at once.",
            f"{zh}正在办理 {load} 项，最多同时办理 {capacity} 项。",
        ),
        (
            "Let the request wait for its turn, or ask another specialist desk.",
            "可排队等候，或改向其他合成岗位提出。",
        ),
    )


def time_before_desk_request(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeDeskRequest",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        ("This time lies before the last step of the request.", "所填时间早于请求的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )

"""Why something can't be done with a referral, and what to do next."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal

_COME_SO_FAR: Final[Mapping[str, tuple[str, str]]] = {
    "sent": ("The partner has not answered this referral yet.", "联动单位尚未答复该转办单。"),
    "expired": ("The partner has not answered this referral yet.", "联动单位尚未答复该转办单。"),
    "accepted": ("The partner has accepted this referral.", "联动单位已接收该转办单。"),
    "in_progress": ("The partner is working on this referral.", "联动单位正在办理该转办单。"),
    "done": ("The partner has done this referral.", "联动单位已办完该转办单。"),
    "refused": ("The partner has refused this referral.", "联动单位已拒收该转办单。"),
    "recalled": ("This referral was recalled.", "该转办单已收回。"),
    "closed": ("This referral has ended.", "该转办单已结束。"),
}
_OTHERWISE: Final = ("This referral has come further.", "该转办单已有进展。")


def unknown_referral(referral: UUID) -> Refusal:
    return refusal(
        "UnknownReferral",
        {"referral": referral},
        ("There is no such referral.", "没有这张转办单。"),
        ("Send it first.", "请先发出转办单。"),
    )


def referral_exists(referral: UUID, state: str) -> Refusal:
    return refusal(
        "ReferralExists",
        {"referral": referral, "state": state},
        ("This referral has been sent already.", "该转办单已发出。"),
        ("Look at what became of it.", "请查看其办理情况。"),
    )


def referral_not_ready(referral: UUID, state: str) -> Refusal:
    """It hasn't come so far."""
    steps = {
        "sent": ("Wait for its answer, or recall it.", "请等待答复，或收回转办单。"),
        "expired": (
            "Telephone the partner, or recall the referral.",
            "请电话联系联动单位，或收回转办单。",
        ),
    }
    otherwise = (
        "Wait until the partner is done, or recall it.",
        "请等待联动单位办完，或收回转办单。",
    )
    return refusal(
        "ReferralNotReady",
        {"referral": referral, "state": state},
        _COME_SO_FAR.get(state, _OTHERWISE),
        steps.get(state, otherwise),
    )


def referral_has_moved_on(referral: UUID, state: str, by: str) -> Refusal:
    """Somebody was quicker, or it has come further than this. `by` answered it."""
    en, zh = _COME_SO_FAR.get(state, _OTHERWISE)
    return refusal(
        "ReferralHasMovedOn",
        {"referral": referral, "state": state, "by": by},
        (f"{en[:-1]} ({by}).", f"{zh[:-1]}（{by}）。") if by else (en, zh),
        ("Look at what has been done; talk to each other.", "请查看办理情况，并与对方联系。"),
    )


def referral_is_over(referral: UUID, state: str) -> Refusal:
    return refusal(
        "ReferralIsOver",
        {"referral": referral, "state": state},
        _COME_SO_FAR.get(state, _OTHERWISE),
        ("Send a new one if it is still needed.", "如仍需转办，请重新发出。"),
    )


def referred_incident_is_over(number: str) -> Refusal:
    return refusal(
        "ReferredIncidentIsOver",
        {"number": number},
        (f"Incident {number} was concluded meanwhile.", f"警情 {number} 已办结。"),
        ("Ask the control room to reopen it.", "请联系指挥中心对该警情撤销办结。"),
    )


def incident_takes_no_referral(incident: UUID, state: str) -> Refusal:
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
        "IncidentTakesNoReferral",
        {"incident": incident, "state": state},
        words.get(state, ("There is no such incident.", "没有此警情。")),
        steps.get(state, ("Open the incident first.", "请先建立警情。")),
    )


def no_such_agreement(agreement: str) -> Refusal:
    return refusal(
        "NoSuchAgreement",
        {"agreement": agreement},
        (f"There is no agreement “{agreement}” here.", f"没有“{agreement}”这份协议。"),
        (
            "Choose one from the list; the city pack has them in agreements.json.",
            "请从列表中选择；协议见城市数据包的 agreements.json。",
        ),
    )


def agreement_not_in_force(agreement: str) -> Refusal:
    return refusal(
        "AgreementNotInForce",
        {"agreement": agreement},
        (f"The agreement “{agreement}” is not in force now.", f"协议“{agreement}”目前未生效。"),
        (
            "Telephone the partner; have the agreement renewed.",
            "请电话联系联动单位，并办理协议续签。",
        ),
    )


def agreement_not_for_category(agreement: str, category: str) -> Refusal:
    return refusal(
        "AgreementNotForCategory",
        {"agreement": agreement, "category": category},
        (
            f"The agreement “{agreement}” is not for incidents of this category ({category}).",
            f"协议“{agreement}”不包括此警情类别（{category}）。",
        ),
        (
            "Choose another partner, or correct the category.",
            "请选择其他联动单位，或更正警情类别。",
        ),
    )


def agreement_not_for_minors(agreement: str, number: str) -> Refusal:
    return refusal(
        "AgreementNotForMinors",
        {"agreement": agreement, "number": number},
        (
            f"{number} concerns a minor: the agreement “{agreement}” is not for such incidents.",
            f"警情 {number} 涉及未成年人，协议“{agreement}”未约定可转办此类警情。",
        ),
        (
            "Give a task to the police station, or agree on it first (minors in agreements.json).",
            "请向派出所派发任务；确需转办的，须先在协议中约定（agreements.json 的 minors）。",
        ),
    )


def request_not_agreed(agreement: str) -> Refusal:
    return refusal(
        "RequestNotAgreed",
        {"agreement": agreement},
        (
            f"A referral by the agreement “{agreement}” carries no words of one's own.",
            f"按协议“{agreement}”，转办单不得附带其他说明。",
        ),
        ("Leave the words out.", "请去掉说明。"),
    )


def referral_text_wrong(field: str, length: int, most: int) -> Refusal:
    """`field`: request or outcome."""
    return refusal(
        "ReferralTextWrong",
        {"field": field, "length": length, "most": most},
        (
            f"This has at most {most} characters, and has {length}.",
            f"内容最多 {most} 字，现有 {length} 字。",
        )
        if length
        else ("Without words it says nothing.", "内容为空。"),
        ("Say in a few words what came of it, or is asked.", "请简要写明请求或办理结果。"),
    )


def already_referred(referral: UUID, number: str, by: str) -> Refusal:
    return refusal(
        "AlreadyReferred",
        {"referral": referral, "number": number, "by": by},
        (
            f"{by} has referred {number} by this agreement already.",
            f"{by} 已按该协议转办 {number}。",
        ),
        (
            "Look at that referral; recall it to send another one.",
            "请查看该转办单；如需重发，请先收回。",
        ),
    )


def time_before_referral(occurred_at_ms: int, since_ms: int) -> Refusal:
    return refusal(
        "TimeBeforeReferral",
        {"occurred_at_ms": occurred_at_ms, "since_ms": since_ms},
        ("This time lies before the last step of the referral.", "所填时间早于转办单的上一步。"),
        ("Enter a time after the last step.", "请填写上一步之后的时间。"),
    )

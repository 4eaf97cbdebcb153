"""Why something can't be done with a notice, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_notice(notice: UUID) -> Refusal:
    return refusal(
        "UnknownNotice",
        {"notice": notice},
        ("There is no such notice.", "没有这条通知。"),
        ("Post it first.", "请先发布通知。"),
    )


def notice_is_over(notice: UUID, state: str) -> Refusal:
    words = {
        "withdrawn": ("has been withdrawn", "已撤回"),
        "replaced": ("has been replaced by a newer one", "已被新通知取代"),
    }
    en, zh = words.get(state, ("has expired", "已过期"))
    return refusal(
        "NoticeIsOver",
        {"notice": notice, "state": state},
        (f"This notice {en}.", f"这条通知{zh}。"),
        ("Post a new one if it is still true.", "如仍有效，请重新发布。"),
    )


def notice_text_wrong(length: int, most: int) -> Refusal:
    said = (
        (f"A notice has at most {most} characters; this one has {length}.",
         f"通知最多 {most} 字，现有 {length} 字。")
        if length
        else ("A notice without text says nothing.", "通知内容为空。")
    )  # fmt: skip
    return refusal(
        "NoticeTextWrong",
        {"length": length, "most": most},
        said,
        ("Say in one line what has changed.", "请用一句话写明情况。"),
    )


def notice_times_wrong(days: int) -> Refusal:
    return refusal(
        "NoticeTimesWrong",
        {"days": days},
        (
            f"A notice lasts at most {days} days from now, and is acknowledged before it ends.",
            f"通知的结束时间须晚于现在和开始时间，且不超过 {days} 天；签收时限须在其间。",
        ),
        ("Correct the times.", "请更正时间。"),
    )


def unknown_organisation(org: str) -> Refusal:
    return refusal(
        "UnknownOrganisation",
        {"org": org},
        (f"There is no organisation “{org}” here.", f"没有“{org}”这个单位。"),
        ("Choose one from the list, or the whole room.", "请从列表中选择单位，或选择全中心。"),
    )

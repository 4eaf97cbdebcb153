"""Why something can't be done, whatever it is about. One constructor per refusal."""

from typing import Final

from dutyroom.domain.kernel import Refusal, refusal

_FIELDS: Final = {
    "answer": "回答",
    "capability": "能力",
    "category": "警情类别",
    "count": "数量",
    "disposition": "处警结果",
    "move_reason": "改派原因",
    "no_incident_reason": "不建警情原因",
    "priority": "警情等级",
    "prompt": "提问",
    "reason": "原因",
    "to": "接班人员",
    "cancel_reasons": "取消派警原因",
    "clear_reasons": "处警完毕原因",
    "override_reasons": "未采纳推荐的原因",
    "reopen_reasons": "撤销办结原因",
    "unavailable_reasons": "暂停调用原因",
}
"""What a field with a value of the city is called in Chinese."""


def reason_needed(field: str) -> Refusal:
    return refusal(
        "ReasonNeeded",
        {"field": field},
        ("A reason is needed.", "需要填写原因。"),
        ("Choose a reason from the list.", "请从列表中选择原因。"),
    )


def unknown_code(field: str, value: object) -> Refusal:
    return refusal(
        "UnknownCode",
        {"field": field, "value": value},
        (
            f"“{value}” is not one of this city's values for {field}.",
            f"“{value}”不在本城市的可选值之内（{_FIELDS.get(field, field)}）。",
        ),
        ("Choose a value from the list.", "请从列表中选择。"),
    )


def time_in_future(occurred_at_ms: int, now_ms: int) -> Refusal:
    return refusal(
        "TimeInFuture",
        {"occurred_at_ms": occurred_at_ms, "now_ms": now_ms},
        ("This time lies in the future.", "所填时间晚于当前时间。"),
        ("Enter when it happened, or leave the time out.", "请填写实际发生时间，或留空。"),
    )

"""Why something can't be done, whatever it is about. One constructor per refusal."""

from collections.abc import Mapping
from typing import Final, Literal

from dutyroom.core.text import Text
from dutyroom.domain.kernel import Refusal, refusal

type Coded = Literal[
    "answer",
    "capability",
    "category",
    "count",
    "desk",
    "disposition",
    "kind",
    "move_reason",
    "no_incident_reason",
    "offer",
    "override_reason",
    "partner",
    "priority",
    "prompt",
    "reason",
    "skill",
    "unavailable_reason",
]
"""A field that takes one of a list of values."""

_FIELDS: Final[Mapping[Coded, Text]] = {
    "answer": Text("answers", "回答"),
    "capability": Text("capabilities", "能力"),
    "category": Text("categories", "警情类别"),
    "count": Text("counts", "数量"),
    "desk": Text("specialist desks", "合成岗位"),
    "disposition": Text("dispositions", "处警结果"),
    "kind": Text("kinds", "类型"),
    "move_reason": Text("reasons to move a person", "调整班组原因"),
    "no_incident_reason": Text("reasons to end a call without an incident", "报警不建警情的原因"),
    "offer": Text("things that the specialist desk does", "合成岗位的协作事项"),
    "override_reason": Text("reasons to send others than recommended", "未采纳推荐的原因"),
    "partner": Text("partners that may be needed", "可能需要的联动单位"),
    "priority": Text("priorities", "警情等级"),
    "prompt": Text("questions", "提问"),
    "reason": Text("reasons", "原因"),
    "skill": Text("skills of the specialist desk", "合成岗位的专长"),
    "unavailable_reason": Text("reasons to send who is unavailable", "仍派暂停调用处警单元的原因"),
}
"""What the values of a field are called."""


def reason_needed(field: str) -> Refusal:
    return refusal(
        "ReasonNeeded",
        {"field": field},
        ("A reason is needed.", "需要填写原因。"),
        ("Choose a reason from the list.", "请从列表中选择原因。"),
    )


def unknown_code(field: Coded, value: object) -> Refusal:
    return refusal(
        "UnknownCode",
        {"field": field, "value": value},
        (
            f"“{value}” is not one of the {_FIELDS[field].en} here.",
            f"“{value}”不在可选值之内（{_FIELDS[field].zh}）。",
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

"""Whom a city pack has deadlines tell that aren't clocks, as a Markdown table."""

from typing import Final

from dutyroom.citypack import CityPack
from dutyroom.clocks.rule import Length, Unit
from dutyroom.clocks.telling import Telling, TellStep
from dutyroom.core.text import Text
from dutyroom.policy.decisions import ROLE_NAMES

NAMES: Final = {
    "task": Text("task", "任务"),
    "supervision_order": Text("answer to a supervision order", "督办单答复"),
    "desk_request": Text("request to a desk", "席位请求"),
    "matter": Text("next step of a dispute", "矛盾纠纷下一步工作"),
    "matter.review": Text("dispute that ends unless it is confirmed", "矛盾纠纷自行终结"),
    "referral": Text("answer of a partner", "联动单位答复"),
    "call_back": Text("follow-up call", "回访"),
    "notice": Text("notice to be acknowledged", "通知签收"),
    "station_handover": Text("handover of a police station", "派出所交接"),
    "handover": Text("handover of a desk", "席位交接"),
}
_UNITS: Final[dict[Unit, Text]] = {
    "second": Text("second", "秒"),
    "minute": Text("minute", "分钟"),
    "hour": Text("hour", "小时"),
    "day": Text("day", "天"),
    "working_day": Text("working day", "个工作日"),
}
_HEAD: Final = Text(
    "## Whom other deadlines tell\n\n| deadline | told | calendar |\n|---|---|---|",
    "## 其他时限的提醒\n\n| 时限 | 提醒 | 日历 |\n|---|---|---|",
)
_OWN: Final = Text("whose it is", "承办人或发起人")


def telling_table(pack: CityPack, *, zh: bool) -> str:
    """One line for each that the pack speaks of; empty where it speaks of none."""
    if not pack.loop.tellings:
        return ""
    rows = [
        f"| {_say(NAMES[one.of], zh)} | {'<br>'.join(_steps(one, zh))} "
        f"| {_say(pack.loop.calendar(one.calendar).name, zh)} |"
        for one in pack.loop.tellings
    ]
    return "\n".join((_say(_HEAD, zh), *rows))


def _steps(telling: Telling, zh: bool) -> list[str]:
    said = [f"{_when(one, zh)}{'：' if zh else ': '}{_whom(one, zh)}" for one in telling.steps]
    if telling.again:
        every = _length(telling.again, zh)
        said.append(f"之后每{every}" if zh else f"again every {every}")
    return said


def _when(step: TellStep, zh: bool) -> str:
    length = _length(step.length, zh)
    if step.before:
        return f"提前{length}" if zh else f"{length} before"
    if step.length.count == 0:
        return "到时" if zh else "when due"
    return f"超时{length}" if zh else f"{length} after"


def _whom(step: TellStep, zh: bool) -> str:
    own = [_say(_OWN, zh)] if step.own else []
    return ("、" if zh else ", ").join((*own, *(_say(ROLE_NAMES[one], zh) for one in step.roles)))


def _length(length: Length, zh: bool) -> str:
    if zh:
        return f"{length.count}{_UNITS[length.unit].zh}"
    return f"{length.count} {_UNITS[length.unit].en}{'' if length.count == 1 else 's'}"


def _say(text: Text, zh: bool) -> str:
    return text.zh if zh else text.en

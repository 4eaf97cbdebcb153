"""What a scenario changes, a line each, in English and in Chinese."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from dutyroom.core.text import Text

LONGEST: Final = 120
CHANGES: Final = {
    "add_unit": Text("Unit added", "增加处警单元"),
    "remove_unit": Text("Unit taken out", "减少处警单元"),
    "move_unit": Text("Unit moved", "处警单元改驻"),
    "set_shift": Text("Shift set", "设定班次"),
    "set_hours": Text("Hours on duty set", "设定在勤时段"),
    "set_rules": Text("Rules set", "设定规则"),
    "scale_calls": Text("Calls scaled", "报警量按倍数调整"),
    "close_street": Text("Street closed", "封闭道路"),
    "festival": Text("Festival", "大型活动"),
}
CALLED: Final = ("id", "at", "to", "like")
"""Keys of units and stations, which have names."""
KEYS: Final = {
    "id": "编号",
    "at": "位于",
    "to": "改驻",
    "like": "参照",
    "capabilities": "能力",
    "shift": "班次",
    "agency": "机构",
    "hours": "时段",
    "rules": "规则",
    "by": "倍数",
    "category": "警情类别",
    "street": "道路",
    "zone": "辖区",
    "per_h": "每小时报警",
    "from_h": "起始小时",
    "to_h": "结束小时",
}
RULES: Final = {
    "compare": "到达时间比较",
    "position": "途中位置",
    "when_idle": "空闲时",
    "queue": "排队",
    "lost_if_none": "无空闲力量时不等待",
    "expected_turnout_s": "预计出动准备（秒）",
    "turnout_on_road": "途中出动准备占比",
    "home_speed": "返回速度倍数",
    "transport_speed": "送医速度倍数",
    "priority_factors": "警情等级权重",
    "preemption": "抢占",
    "reassign_gain_s": "改派至少节省（秒）",
    "compliance": "备勤表",
    "move_limit_s": "前置备勤最长行程（秒）",
    "cover_s": "覆盖时间（秒）",
    "busy_share": "忙碌占比",
    "own_district_s": "责任区优先（秒）",
}
WORDS: Final = {
    "compare": {"milliseconds": "按毫秒", "exact": "精确"},
    "position": {"at_base_only": "仅在驻地", "straight": "直线", "road": "沿路"},
    "when_idle": {
        "home": "返回驻地",
        "stay": "原地备勤",
        "dmexclp": "按覆盖备勤",
        "compliance": "按备勤表",
    },
    "queue": {"first_come": "先到先派", "nearest": "最近优先"},
}
DAYS: Final = {
    "mon": "周一", "tue": "周二", "wed": "周三", "thu": "周四", "fri": "周五", "sat": "周六",
    "sun": "周日", "daily": "每天",
}  # fmt: skip
LEVELS: Final = {str(number): f"{han}级" for number, han in enumerate("一二三四五六七八九", 1)}
YES_NO: Final = {True: "是", False: "否"}


def in_words(what: str, said: Mapping[str, Any], called: Mapping[str, Text] | None = None) -> Text:
    """One change; ``said`` is its entry without what it does, ``called`` what people call the units
    and stations that it names."""
    named = {
        key: (called or {}).get(value) if key in CALLED and isinstance(value, str) else None
        for key, value in said.items()
    }
    english = ", ".join(_english(key, value, named[key]) for key, value in said.items())
    chinese = "，".join(_chinese(key, value, named[key]) for key, value in said.items())
    title = CHANGES.get(what, Text(what, what))
    return Text(f"{title.en}: {english}", f"{title.zh}：{chinese}")


def _english(key: str, value: object, name: Text | None) -> str:
    if key in ("hours", "capabilities") and isinstance(value, list):
        value = ", ".join(map(str, value))
    if key == "rules" and isinstance(value, dict):
        return ", ".join(f"{rule} {_short(of)}" for rule, of in value.items())
    if name and name.en != value:
        value = f"{name.en} ({value})"
    return _short(value) if key == "id" else f"{key} {_short(value)}"


def _chinese(key: str, value: object, name: Text | None) -> str:
    if key == "rules" and isinstance(value, dict):
        return "，".join(_rule(str(rule), of) for rule, of in value.items())
    if key == "hours" and isinstance(value, list):
        value = "、".join(_hours(str(hours)) for hours in value)
    if key == "capabilities" and isinstance(value, list):
        value = "、".join(map(str, value))
    if name and name.zh != value:
        value = f"{name.zh}（{value}）"
        if key == "id":
            return _short(value)
    return f"{KEYS.get(key, key)} {_short(value)}"


def _rule(rule: str, value: object) -> str:
    if isinstance(value, bool):
        value = YES_NO[value]
    elif isinstance(value, str):
        value = WORDS.get(rule, {}).get(value, value)
    elif rule == "preemption" and isinstance(value, dict):
        by, of = (str(value.get(key)) for key in ("by", "of"))
        value = f"{_level(by)}抽调{_level(of)}及以下"
    return f"{RULES.get(rule, rule)} {_short(value)}"


def _hours(said: str) -> str:
    """``mon-fri 07:00-15:00 break 12:00 30`` as 周一至周五 07:00-15:00（12:00 休息 30 分钟）."""
    days = "|".join(DAYS)
    words = re.split(rf"\b({days})\b(-?)", said.lower())
    translated = "".join({"-": "至"}.get(word, DAYS.get(word, word)) for word in words)
    return re.sub(r" break (\S+) (\d+)", r"（\1 休息 \2 分钟）", translated)


def _level(priority: str) -> str:
    return LEVELS.get(priority, priority)


def _short(value: object) -> str:
    """A value, not longer than a line."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{said[:LONGEST]}{' …' if len(said) > LONGEST else ''}"

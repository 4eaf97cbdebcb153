"""The vocabulary and the clocks of a city pack made from recorded calls."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from dutyroom.importing.contract import Contract, Meaning
from dutyroom.importing.recorded import AS_RECORDED, CANCELLED, CLEARED

CREW: Final = {"engine": 4, "ladder": 5, "squad": 4}
"""The usual size of a crew by kind of unit; two on any other. The records don't say."""
USUAL_CREW: Final = 2
_DISPATCH_S: Final = (60, 90, 180, 300)
_ON_SCENE_S: Final = (300, 480, 900, 1800)
"""Promised times by level; levels beyond the fourth have those of the fourth."""
_REASONS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "clear_reasons": (
        (CLEARED, "Work done", "处置完毕"),
        ("not-needed", "Not needed", "无需处置"),
    ),
    "cancel_reasons": (
        (CANCELLED, "Cancelled on the way", "途中取消"),
        ("nearer-unit", "A nearer unit goes", "改派更近的处警单元"),
    ),
    "unavailable_reasons": (
        ("service", "Vehicle in service", "车辆保养"),
        ("break", "Break", "休息"),
        ("training", "Training", "训练"),
    ),
    "override_reasons": (
        ("local", "Local knowledge", "熟悉情况"),
        ("crew", "Crew needs rest", "班组需休息"),
        (AS_RECORDED, "As recorded", "按记录"),
    ),
    "no_incident_reasons": (
        ("nothing", "Nothing happened", "无警情"),
        ("wrong-number", "Wrong number", "打错电话"),
        ("information", "Information only", "仅咨询"),
    ),
    "reopen_reasons": (
        ("more-work", "More work", "仍需处置"),
        ("mistake", "Closed by mistake", "误结"),
    ),
}


def clocks(contract: Contract) -> dict[str, Any]:
    """Promised times in seconds. They are ours: the records say what was, not what was promised."""
    levels = range(len(contract.priority_levels))
    return {
        "answer_s": 15,
        "call_back_s": 60,
        "dispatch_s": {str(level + 1): _DISPATCH_S[min(level, 3)] for level in levels},
        "en_route_s": 120,
        "on_scene_s": {str(level + 1): _ON_SCENE_S[min(level, 3)] for level in levels},
        "silence_s": {"en_route": 900, "on_scene": 3600},
        "amber_share": 0.75,
        "stale_position_s": 300,
    }


def vocabulary(
    contract: Contract, capabilities: Iterable[str], categories: Iterable[str]
) -> dict[str, Any]:
    """The contract's words: capabilities that some unit has, categories that some call has."""
    in_use = set(categories)
    words: dict[str, Any] = {
        "categories": [
            {**_code(one), "priority": one.priority, "words": list(one.words)}
            for one in _unique(contract.categories.values())
            if one.code in in_use
        ],
        "priorities": [
            {"level": level, "en": one.en, "zh": one.zh}
            for level, one in enumerate(contract.priority_levels, start=1)
        ],
        "capabilities": [
            {"code": code, "en": name.en, "zh": name.zh}
            for code in sorted(set(capabilities))
            for name in [contract.capability_names[code]]
        ],
        "kinds": [
            {**_code(one), "symbol": one.symbol} for one in _unique(contract.unit_kinds.values())
        ],
        "dispositions": [_code(one) for one in _unique(contract.dispositions.values())],
    }
    for name, entries in _REASONS.items():
        words[name] = [{"code": code, "en": en, "zh": zh} for code, en, zh in entries]
    return words


def _unique(meanings: Iterable[Meaning]) -> list[Meaning]:
    return list({one.code: one for one in meanings}.values())


def _code(one: Meaning) -> dict[str, str]:
    return {"code": one.code, "en": one.text.en, "zh": one.text.zh}

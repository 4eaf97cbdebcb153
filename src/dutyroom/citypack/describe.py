"""A pack's words as JSON for consoles: vocabulary, prompts, plans, clocks, zones, organisations."""

from typing import Any, Final

from dutyroom.citypack.model import CityPack
from dutyroom.citypack.spelling import initials, pinyin
from dutyroom.citypack.vocabulary import CODE_LISTS
from dutyroom.domain.values import Need


def as_dict(pack: CityPack) -> dict[str, Any]:
    """What a console needs to know of the pack, without its roads and streets."""
    return {
        "name": pack.name,
        "version": pack.version,
        "hash": pack.hash,
        "title": _text(pack.title),
        "timezone": pack.timezone,
        "centre": list(pack.centre),
        "bounds": list(pack.bounds),
        "zones": [{"id": zone.id, **_text(zone.name)} for zone in pack.zones],
        "orgs": [{"path": one.path, "level": one.level, **_text(one.text)} for one in pack.orgs],
        "stations": [
            {"id": one.id, **_text(one.name), "lon": one.lon, "lat": one.lat}
            for one in pack.stations
        ],
        "call_signs": [
            {"id": one.id, **_text(one.call_sign)} for one in pack.units if one.call_sign
        ],
        "vocabulary": _vocabulary(pack),
        "prompts": _prompts(pack),
        "plans": [
            {"category": plan.category, "priority": plan.priority, "needs": _needs(plan.needs)}
            for plan in pack.plans
        ],
        "clocks": {name: _clock(getattr(pack.clocks, name)) for name in _CLOCKS},
    }


_CLOCKS: Final = (
    "answer_s",
    "call_back_s",
    "dispatch_s",
    "en_route_s",
    "on_scene_s",
    "silence_s",
    "amber_share",
    "stale_position_s",
)


def _clock(value: Any) -> Any:
    return value if isinstance(value, float | int) else {str(k): v for k, v in value.items()}


def _text(text: Any) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _needs(needs: tuple[Need, ...]) -> list[dict[str, Any]]:
    return [{"capability": need.capability, "count": need.count} for need in needs]


def _vocabulary(pack: CityPack) -> dict[str, Any]:
    words = pack.vocabulary
    lists: dict[str, Any] = {
        name: [
            {
                "code": one.code,
                **_text(one.text),
                "words": list(one.words),
                "pinyin": [pinyin(one.text.zh), initials(one.text.zh)],
                "retired": one.retired,
            }
            for one in words.codes(name).values()
        ]
        for name in CODE_LISTS
    }
    lists["categories"] = [
        {
            "code": one.code,
            **_text(one.text),
            "priority": one.priority,
            "words": list(one.words),
            "pinyin": [pinyin(one.text.zh), initials(one.text.zh)],
            "retired": one.retired,
        }
        for one in words.categories
    ]
    lists["priorities"] = [{"level": one.level, **_text(one.text)} for one in words.priorities]
    lists["kinds"] = [
        {"code": one.code, **_text(one.text), "symbol": one.symbol} for one in words.kinds
    ]
    return lists


def _prompts(pack: CityPack) -> dict[str, Any]:
    return {
        category: [
            {
                "code": prompt.code,
                **_text(prompt.text),
                "answers": [
                    {
                        "code": answer.code,
                        **_text(answer.text),
                        "priority": answer.priority,
                        "adds": _needs(answer.adds),
                    }
                    for answer in prompt.answers
                ],
            }
            for prompt in prompts
        ]
        for category, prompts in pack.prompts.items()
    }

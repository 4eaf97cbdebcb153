"""What a scenario says and a room of people can't play: told, so that nobody is misled."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.model import Scenario

_BY_KEY: Final = {
    "posts": Text(
        "posts: free units wait at their own bases, or patrol around them",
        "待命点（posts）：空闲单元在各自驻地待命或在附近巡逻",
    ),
    "points": Text(
        "ways of its own (travel): arrivals are reckoned with the city pack's ways",
        "自带路程（travel）：到达时间按城市包的路网计算",
    ),
    "districts": Text(
        "districts: no station is preferred in the advice",
        "责任区（districts）：推荐不偏向任何站点",
    ),
    "facilities": Text(
        "facilities: how long a unit is away with people is drawn",
        "送达机构（facilities）：送人所需时间随机抽取",
    ),
    "targets_s": Text(
        "promised times (targets_s): the room's clocks are the city pack's",
        "承诺时限（targets_s）：接警室时限以城市包为准",
    ),
}


def left_out(
    layers: Sequence[Mapping[str, Any]], scenario: Scenario, unknown: Iterable[str]
) -> tuple[Text, ...]:
    """A line each, from the files of a scenario; ``unknown``: capabilities without a word."""
    found = []
    rules = sorted({name for layer in layers for name in _rules(layer)})
    if rules:
        names = ", ".join(rules)
        found.append(
            Text(
                f"dispatch rules ({names}): who is sent, and when, is the trainees' decision",
                f"派警规则（{names}）：派谁、何时派由学员决定",
            )
        )
    found += [text for key, text in _BY_KEY.items() if any(key in layer for layer in layers)]
    if any(shift.breaks for unit in scenario.units for shift in unit.shifts):
        found.append(Text("breaks: crews take none", "休息：班组不休息"))
    if words := " ".join(sorted(unknown)):
        found.append(
            Text(
                f"capabilities that the city pack has no word for: {words}",
                f"城市包词表中没有的能力：{words}",
            )
        )
    return tuple(found)


def _rules(layer: Mapping[str, Any]) -> set[str]:
    """The names of the rules that a file sets, in either way."""
    changes = layer.get("changes", ())
    set_ = [one["rules"] for one in changes if one["do"] == "set_rules"]
    return {name for rules in (layer.get("rules", {}), *set_) for name in rules}

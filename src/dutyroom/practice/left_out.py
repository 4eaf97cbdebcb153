"""What a scenario says and a room of people can't play: shown, so that nobody is misled."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dutyroom.core.text import Text
from dutyroom.rehearsal.scenario.model import Scenario

_BY_KEY: Final = {
    "posts": Text(
        "posts: free units wait at their own bases, or patrol around them",
        "备勤点（posts）：空闲处警单元在各自驻地待命或在附近巡逻",
    ),
    "points": Text(
        "ways of its own (travel): arrivals are calculated with the city pack's ways",
        "自带路程（travel）：到达时间按城市数据包的路网计算",
    ),
    "districts": Text(
        "districts: no station is preferred in the advice",
        "责任区（districts）：推荐不偏向任何站点",
    ),
    "facilities": Text(
        "facilities: how long a unit is away with people is drawn",
        "设施（facilities）：处警单元送人所需时间随机抽取",
    ),
    "targets_s": Text(
        "promised times (targets_s): the room's clocks are the city pack's",
        "承诺时限（targets_s）：演练室时限以城市数据包为准",
    ),
}

RULES: Final = {
    "busy_share": Text("how busy units are", "处警单元忙碌比例"),
    "compare": Text("how arrivals are compared", "到达时间的比较方式"),
    "compliance": Text("which posts are to be taken", "备勤点占用表"),
    "cover_s": Text("what a unit covers", "处警单元的覆盖时限"),
    "expected_turnout_s": Text("expected turnout", "预计出动时间"),
    "home_speed": Text("speed on the way back", "返程速度"),
    "lost_if_none": Text("calls that find no unit are lost", "无处警单元可派的报警不再等待"),
    "move_limit_s": Text("the longest way to a post", "前往备勤点的最长行程"),
    "own_district_s": Text("the lead of a district's own units", "本责任区处警单元的优先时间"),
    "position": Text("where units on the way are", "途中处警单元的位置"),
    "preemption": Text("which calls take units from others", "可抽调其他报警处警单元的报警"),
    "priority_factors": Text("speed by priority", "各警情等级的行驶系数"),
    "queue": Text("which waiting call is taken", "等待报警的处置次序"),
    "reassign_gain_s": Text("when a unit takes over", "处警单元的接替条件"),
    "transport_speed": Text("speed with people on board", "送往设施的速度"),
    "turnout_on_road": Text("turnout away from the base", "不在驻地时的出动时间"),
    "when_idle": Text("where a free unit goes", "空闲处警单元的去向"),
}
"""What a rule is about, in the words of the planner's page."""


def left_out(
    layers: Sequence[Mapping[str, Any]], scenario: Scenario, unknown: Iterable[str]
) -> tuple[Text, ...]:
    """A line each, from the files of a scenario, its bases after it; ``unknown``: capabilities
    without a word."""
    found = []
    rules = sorted(_rules(layers))
    if rules:
        about = [RULES[name] for name in rules]
        found.append(
            Text(
                f"rules of dispatch ({', '.join(one.en for one in about)}): who is sent, and when, "
                "is the trainees' decision",
                f"派警规则（{'、'.join(one.zh for one in about)}）：派谁、何时派由学员决定",
            )
        )
    found += [text for key, text in _BY_KEY.items() if any(key in layer for layer in layers)]
    if any(shift.breaks for unit in scenario.units for shift in unit.shifts):
        found.append(Text("breaks: crews take none", "休息：班组不休息"))
    if words := " ".join(sorted(unknown)):
        found.append(
            Text(
                f"capabilities that the city pack has no word for: {words}",
                f"城市数据包词表中没有的能力：{words}",
            )
        )
    return tuple(found)


def _rules(layers: Sequence[Mapping[str, Any]]) -> set[str]:
    """The names of the rules that count: of the file nearest to the top that has any, and what
    changes set."""
    rules: Mapping[str, Any] = next((layer["rules"] for layer in layers if "rules" in layer), {})
    changes = [one for layer in layers for one in layer.get("changes", ())]
    set_ = [one["rules"] for one in changes if one["do"] == "set_rules"]
    return {name for each in (rules, *set_) for name in each}

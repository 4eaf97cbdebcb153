"""The routes of a city pack as Markdown with diagrams (Mermaid), for people who read documents."""

from collections.abc import Iterator
from typing import Final, Literal

from dutyroom.citypack import CityPack
from dutyroom.cli.telling_table import telling_table
from dutyroom.clocks.route import Fact, Route, Stage
from dutyroom.core.text import Text
from dutyroom.policy.decisions import ROLE_NAMES

type Language = Literal["en", "zh"]
STAGES: Final[dict[Stage, Text]] = {
    "analyse": Text("Analyse", "研判"),
    "assign": Text("Assign", "交办"),
    "handle": Text("Handle", "办理"),
    "supervise": Text("Supervise", "督办"),
    "conclude": Text("Conclude", "办结"),
}
FACTS: Final[dict[Fact, Text]] = {
    "sent": Text("a unit is sent", "已派处警单元"),
    "accepted": Text("a unit is on its way", "处警单元在途中"),
    "arrived": Text("a unit is on scene", "处警单元已到场"),
    "cleared": Text("all units cleared", "处警单元全部处警完毕"),
    "disposition": Text("disposition given", "已填处警结果"),
    "tasks_done": Text("no task still to do", "任务均已提交"),
    "tasks_approved": Text("all tasks approved", "任务均已审核通过"),
    "approved": Text("handling approved", "审核通过"),
}
_CLOSED: Final = Text("incident closed", "警情办结")
_OTHERS: Final = Text("All other incidents.", "其他全部警情。")
_LIGHT: Final = Text("May be concluded from the scene with one key.", "可在现场一键办结。")
_PRIORITY: Final = Text("priority", "警情等级")


def route_diagrams(pack: CityPack, language: Language) -> str:
    """A section per route: for which incidents it is, then its stages from left to right with the
    role that owns each, the clocks that begin with it, the tasks that are given with it, and what
    must hold until it is done. Last whom other deadlines tell, where the pack says so."""
    told = telling_table(pack, zh=language == "zh")
    sections = (_section(route, pack, language) for route in pack.loop.routes)
    return "\n\n".join((*sections, *((told,) if told else ())))


def _section(route: Route, pack: CityPack, language: Language) -> str:
    lines = [f"## {_say(route.name, language)}", _for_whom(route, pack, language), ""]
    lines += ["```mermaid", "flowchart LR"]
    lines += [f"  {one}" for one in _arrows(route, pack, language)]
    lines.append("```")
    if route.light is not None:
        lines += ["", _say(_LIGHT, language)]
    return "\n".join(lines)


def _for_whom(route: Route, pack: CityPack, language: Language) -> str:
    comma, stop = ("、", "。") if language == "zh" else (", ", ".")
    names = [_say(pack.vocabulary.category(code).text, language) for code in route.categories]
    levels = [str(one) for one in route.priorities]
    said = [comma.join(names)] if names else []
    if levels:
        said.append(f"{_say(_PRIORITY, language)} {comma.join(levels)}")
    return " · ".join(said) + stop if said else _say(_OTHERS, language)


def _arrows(route: Route, pack: CityPack, language: Language) -> Iterator[str]:
    matters = tuple(pack.vocabulary.matters)
    for leg in route.legs:
        clocks = [
            _say(one.name, language) for one in pack.loop.clocks_of(route, leg.stage, matters)
        ]
        said = [_say(STAGES[leg.stage], language), _say(ROLE_NAMES[leg.owner], language)]
        said += [f"⏱ {name}" for name in dict.fromkeys(clocks)]
        given = pack.loop.tasks_of(route, leg.stage, matters)
        said += [f"☑ {_say(one.text, language)}" for one in given]
        yield f'{leg.stage}["{"<br>".join(said)}"]'
    ends = [*(leg.stage for leg in route.legs[1:]), "done"]
    yield f'done(["{_say(_CLOSED, language)}"])'
    for leg, after in zip(route.legs, ends, strict=True):
        until = [_say(FACTS[one], language) for one in leg.until]
        words = f'|"{"<br>".join(until)}"|' if until else ""
        yield f"{leg.stage} -->{words} {after}"


def _say(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en

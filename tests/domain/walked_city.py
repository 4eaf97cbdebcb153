"""The city in which random histories happen: who works there, and three packs that differ."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dutyroom.clocks.calendar import always
from dutyroom.clocks.callbacks import CallBackRule, CallBacks
from dutyroom.clocks.loop import NO_LOOP, Loop, MatterRules, Reason
from dutyroom.clocks.route import Leg, Route
from dutyroom.clocks.rule import Edition, Length, Rule, Step
from dutyroom.core.text import Text
from dutyroom.domain.context import Codes
from dutyroom.domain.tasks.commands import TEAMS

from .strategies import CODES

NORTH, SOUTH, FRAUD, GAS = "city/north", "city/south", "city/fraud", "city/gas"
STAFF: Final[dict[str, tuple[str, str]]] = {
    "tea": ("call_taker", ""),
    "anna": ("dispatcher", ""),
    "sun": ("supervisor", ""),
    "dai": ("station_command", NORTH),
    "dan": ("station_command", NORTH),
    "bo": ("station_officer", NORTH),
    "chen": ("station_officer", NORTH),
    "eve": ("station_command", SOUTH),
    "ed": ("station_officer", SOUTH),
    "cid": ("station_command", "city"),
    "fan": ("desk_specialist", FRAUD),
    "fay": ("desk_specialist", FRAUD),
    "gus": ("partner", GAS),
}
POSTS: Final = sorted({*STAFF.values()})
_NAME: Final = Text("", "")


def _rule(code: str, unit: Any, count: int, starts: str, stops: str) -> Rule:
    return Rule(
        code,
        _NAME,
        tuple(starts.split()),
        tuple(stops.split()),
        Length(count, unit),
        "always",
        Edition(_NAME, date(2025, 1, 1)),
        pauses=("weather",),
        warn=Length(1, "minute"),
        escalate=(Step("station_command", Length(0, "minute")), Step("supervisor", _SOON)),
        again=Length(30, "minute"),
    )


_SOON: Final = Length(5, "minute")
REPORT: Final = _rule("report", "day", 1, "incident.opened incident.reopened", "incident.closed")
ACCEPT: Final = _rule(
    "accept",
    "minute",
    30,
    "task.offered task.reassigned task.returned task.released",
    "task.accepted",
)
DONE: Final = _rule("done", "day", 2, "task.offered task.sent_back", "task.submitted")
USUAL: Final = Route(
    "usual",
    _NAME,
    (
        Leg("analyse", "call_taker", ("sent",)),
        Leg("handle", "field_officer", ("disposition",)),
        Leg("conclude", "dispatcher"),
    ),
)
_MATTERS: Final = MatterRules(
    again=_rule("again", "day", 7, "", ""), case=_rule("case", "day", 30, "", "")
)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a city pack says, as far as decisions look at it."""

    hash: str
    codes: Codes
    loop: Loop


_CODES: Final = replace(
    CODES,
    orgs=frozenset({"city", NORTH, SOUTH, FRAUD, "city/words", GAS}),
    teams={"city": ("command",), NORTH: TEAMS, SOUTH: TEAMS},
    org_of_zone={"north": NORTH},
)
FIRST: Final = Pack(
    "first",
    _CODES,
    Loop(
        (always("UTC"),),
        (REPORT, ACCEPT, DONE),
        (Reason("weather", _NAME),),
        routes=(USUAL,),
        matters=_MATTERS,
        call_backs=CallBacks(
            always("UTC"), (CallBackRule(Length(3, "day")),), attempts=2, answer=Length(5, "day")
        ),
    ),
)
SMALLER: Final = Pack(
    "smaller",
    replace(
        _CODES,
        orgs=_CODES.orgs - {SOUTH},
        teams={"city": TEAMS, NORTH: ("command", "community")},
        org_of_zone={"north": "city"},
    ),
    Loop((always("UTC"),), (ACCEPT, REPORT), (Reason("weather", _NAME),)),
)
"""Without the south, without the case team of the north; it knows fewer clocks, in other places."""
PLAIN: Final = Pack("plain", _CODES, NO_LOOP)
PACKS: Final = (FIRST, SMALLER, PLAIN)

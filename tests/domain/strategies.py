"""One Hypothesis strategy per type of the domain, over a small world so that things meet.

They are made from the types alone: `dutyroom.domain.marked` says which values a text or an id
takes. A new record needs no line here, nor does a new mark that is an `IdOf` or a `OneOf`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID
from zlib import crc32

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dutyroom.clocks.calendar import Calendar, always
from dutyroom.clocks.rule import Length
from dutyroom.core.text import Text
from dutyroom.domain import COMMANDS, EVENTS
from dutyroom.domain.agreements import CARRIED_FIELDS, Agreement
from dutyroom.domain.context import Actor, Answer, Codes
from dutyroom.domain.desks import Desk, Offered
from dutyroom.domain.kernel import Command, Event
from dutyroom.domain.marked import CodeOf, IdOf, OneOf
from dutyroom.domain.tasks.commands import TEAMS
from dutyroom.domain.values import Need, Place, Position, Sealed


def uuids_of(kind: str, count: int = 3) -> tuple[UUID, ...]:
    """The ids that there are of a kind, the same at each call."""
    first = crc32(kind.encode()) << 32
    return tuple(UUID(int=first + i) for i in range(count))


START_MS = 1_764_000_000_000
CALLS = uuids_of("call")
INCIDENTS = uuids_of("incident")
ASSIGNMENTS = uuids_of("assignment", 6)
NOTES = uuids_of("note")
HANDOVERS = uuids_of("handover")
NOTICES = uuids_of("notice")
TASKS = uuids_of("task")
STEPS = uuids_of("step")
ORDERS = uuids_of("supervision_order")
STATION_HANDOVERS = uuids_of("station_handover")
MATTERS = uuids_of("matter")
MEDIATIONS = uuids_of("mediation")
UNITS = ("E1", "P1", "P2")
STAFF = ("anna", "bo")
DESK_REQUESTS = uuids_of("desk_request")
DAYS = Calendar("days", Text("Days", "白天"), "UTC", (((0, 720),),) * 7)
DESKS = {
    "fraud": Desk(
        "fraud",
        Text("Anti-fraud", "反诈"),
        "city/fraud",
        always("UTC"),
        1,
        Length(5, "minute"),
        (Offered("stop", Text("Stop a payment", "止付")),),
    ),
    "words": Desk(
        "words",
        Text("Interpreters", "翻译"),
        "city/words",
        DAYS,
        2,
        Length(10, "minute"),
        (Offered("telephone", Text("By telephone", "电话口译")),),
        (Offered("english", Text("English", "英语")),),
    ),
}
REFERRALS = uuids_of("referral")
UNITS = ("E1", "P1", "P2")
STAFF = ("anna", "bo")
GAS = Agreement(
    "gas-leaks",
    Text("Gas leaks", "燃气泄漏"),
    "city/gas",
    frozenset({"NOISE"}),
    CARRIED_FIELDS,
    Text("Repair", "抢修"),
    600_000,
    START_MS - 86_400_000,
    START_MS + 864_000_000,
    Text("Agreement 1", "协议一号"),
)
CODES = Codes(
    categories={"FIRE": 1, "NOISE": 3},
    priorities=frozenset({1, 2, 3}),
    capabilities=frozenset({"engine", "patrol", "ambulance"}),
    clear_reasons=frozenset({"done"}),
    cancel_reasons=frozenset({"not_needed"}),
    unavailable_reasons=frozenset({"meal"}),
    override_reasons=frozenset({"closer"}),
    dispositions=frozenset({"helped", "nothing_found"}),
    no_incident_reasons=frozenset({"wrong_number"}),
    reopen_reasons=frozenset({"came_back"}),
    prompts={
        "FIRE": {"inside": {"yes": Answer(1, (Need("ambulance", 1),)), "no": Answer()}},
        "NOISE": {"armed": {"yes": Answer(2), "no": Answer()}},
    },
    orgs=frozenset({"city", "city/north"}),
    teams={"city": TEAMS, "city/north": TEAMS},
    clocks=frozenset({"accept", "report"}),
    clock_reasons=frozenset({"waiting_for_owner", "weather"}),
    routes=frozenset({"light", "usual"}),
    given_tasks=frozenset({"visit-after"}),
    task_reasons=frozenset({"not_ours", "unclear"}),
    point_reasons=frozenset({"not_applicable"}),
    contact_reasons=frozenset({"offender_near"}),
    desks=DESKS,
    desk_offers=frozenset({"stop", "telephone"}),
    desk_skills=frozenset({"english"}),
    repeat_kinds={"alarm": ("FIRE",), "noise": ("NOISE",)},
    matter_kinds={"family": frozenset({"FIRE"}), "neighbours": frozenset({"NOISE"})},
    agreements={GAS.code: GAS},
    referral_reasons=frozenset({"busy", "not_ours"}),
)
IDS: Mapping[str, tuple[object, ...]] = {
    "assignment": ASSIGNMENTS,
    "loop": INCIDENTS,
    "call_back": INCIDENTS,
    "watched": (TASKS[0], ORDERS[0], INCIDENTS[0]),
    "unit": (*UNITS, "X9"),
    "member": (*STAFF, "nobody"),
    "zone": ("north", "south"),
    "public_place": ("place:bridge", "place:nowhere"),
    "organisation": ("", *sorted(CODES.orgs), "elsewhere"),
}
"""What there is of a kind, known to the room or not, where it isn't just any few ids."""
BAD = "no such code"

times_ms = st.integers(START_MS, START_MS + 3_600_000)
actors = st.builds(
    Actor,
    id=st.sampled_from(STAFF),
    role=st.sampled_from(("dispatcher", "supervisor")),
    unit=st.none(),
)
places = st.builds(
    Place,
    lon=st.floats(120, 122),
    lat=st.floats(30, 32),
    label=st.text(max_size=5),
    kind=st.sampled_from(("address", "point")),
)
positions = st.builds(Position, lon=st.floats(120, 122), lat=st.floats(30, 32), at_ms=times_ms)
needs = st.builds(
    Need, capability=st.sampled_from(sorted(CODES.capabilities)), count=st.integers(1, 3)
)
PLAIN: Mapping[type, SearchStrategy[object]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: st.integers(0, 3),
    float: st.floats(0, 3600),
    str: st.text(max_size=8),
    Place: places,
    Position: positions,
}
"""What a type says by itself, and places that lie in one city."""


def ids_of(kind: str) -> tuple[object, ...]:
    """What there is of a kind."""
    return IDS.get(kind) or uuids_of(kind)


@cache
def of_class(kind: type[Any]) -> SearchStrategy[Any]:
    """Values of a dataclass, possible or not. What may be left out sometimes is."""
    hints = get_type_hints(kind, include_extras=True)
    drawn = {}
    for field in fields(kind):
        drawn[field.name] = of_type(hints[field.name], time=field.name.endswith("_ms"))
        if field.default is not MISSING:
            drawn[field.name] |= st.just(field.default)
    return st.builds(kind, **drawn)


def of_type(hint: Any, time: bool = False) -> SearchStrategy[Any]:
    """Values of a type. `time`: a number is a time, as the unit of its name says."""
    if isinstance(hint, TypeAliasType):
        return of_type(hint.__value__)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return of_mark(args[0], args[1])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is Sealed:
        return of_type(args[0])
    if origin in (Union, UnionType):
        return st.one_of(*(of_type(one, time) for one in args))
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(of_type(args[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of_type, args))
    if hint is int and time:
        return times_ms
    if hint not in PLAIN and is_dataclass(hint) and isinstance(hint, type):
        return of_class(hint)
    return PLAIN[hint]


def of_mark(base: type, mark: object) -> SearchStrategy[Any]:
    """Values of what is marked: those that there are, none, and one that there isn't."""
    match mark:
        case IdOf(kind) if base is UUID or kind in IDS:
            return st.sampled_from(ids_of(kind))
        case IdOf(kind):
            return st.sampled_from((f"{kind} 1", f"{kind} 2"))
        case OneOf(values):
            return st.sampled_from(("", *values, BAD))
        case CodeOf() if base is int:
            return st.sampled_from((0, *codes_of(mark)))
        case CodeOf():
            return st.sampled_from(("", *codes_of(mark), BAD))
    raise TypeError(f"no values are known of {mark!r}")


def codes_of(mark: CodeOf) -> list[Any]:
    """The codes that there are in a list."""
    asked = CODES.prompts.values()
    match mark.codes:
        case "prompts":
            return sorted({prompt for one in asked for prompt in one})
        case "answers":
            return sorted({answer for one in asked for each in one.values() for answer in each})
    return sorted(getattr(CODES, mark.codes))


commands: SearchStrategy[Command] = st.sampled_from(sorted(COMMANDS)).flatmap(
    lambda verb: of_class(COMMANDS[verb])
)
events: SearchStrategy[Event] = st.sampled_from(sorted(EVENTS)).flatmap(
    lambda type_: of_class(EVENTS[type_])
)

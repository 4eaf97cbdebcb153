"""One Hypothesis strategy per type of the domain, over a small world so that things meet."""

from collections.abc import Mapping
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dutyroom.domain import COMMANDS, EVENTS
from dutyroom.domain.calls.commands import Caller
from dutyroom.domain.context import Actor, Answer, Codes
from dutyroom.domain.incidents.commands import LinkCall, OpenIncident, UnitToSend
from dutyroom.domain.kernel import Command, Event
from dutyroom.domain.values import OPEN_PHASES, Moved, Need, Place, Position, Sealed, Urgency

START_MS = 1_764_000_000_000
CALLS = tuple(UUID(int=0xCA11_0000 + i) for i in range(3))
INCIDENTS = tuple(UUID(int=0x1C1D_0000 + i) for i in range(3))
ASSIGNMENTS = tuple(UUID(int=0xA551_0000 + i) for i in range(6))
NOTES = tuple(UUID(int=0x7E57_0000 + i) for i in range(2))
HANDOVERS = tuple(UUID(int=0x4A4D_0000 + i) for i in range(2))
NOTICES = tuple(UUID(int=0x4071_0000 + i) for i in range(2))
UNITS = ("E1", "P1", "P2")
RECORDS: Mapping[str, tuple[object, ...]] = {
    "call": CALLS,
    "incident": INCIDENTS,
    "unit": UNITS,
    "handover": HANDOVERS,
    "notice": NOTICES,
}
"""Which records there are of each kind, by the name of the kind."""
STAFF = ("anna", "bo")
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
)

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
moves = st.builds(
    Moved, incident=st.sampled_from(INCIDENTS), assignment=st.sampled_from(ASSIGNMENTS)
)
open_phases = st.sampled_from(OPEN_PHASES)
urgencies = st.builds(
    Urgency,
    category=st.sampled_from(sorted(CODES.categories)),
    priority=st.integers(1, 3),
    answers=st.just((("inside", "yes"),)) | st.just(()),
    more=st.lists(needs, max_size=1).map(tuple),
    waiting_from_ms=times_ms,
    progress=st.sampled_from(("pending", "dispatched", "en_route", "on_scene", "cleared")),
    served=st.lists(st.sampled_from(UNITS), max_size=1).map(tuple),
)
_answers = st.sampled_from((("inside", "yes"), ("inside", "no"), ("armed", "yes")))
_calls, _incidents = st.sampled_from(CALLS), st.sampled_from(INCIDENTS)
_assignments, _notes = st.sampled_from(ASSIGNMENTS), st.sampled_from(NOTES)
_bad = st.just("no such code")
_reasons = st.sampled_from(("done", "not_needed", "meal", "came_back")) | _bad
_texts = st.text(max_size=8)

FIELDS: Mapping[str, SearchStrategy[object]] = {
    "action": st.uuids(),
    "advice": _texts,
    "advised_at_ms": st.none() | times_ms,
    "answer": st.sampled_from(("yes", "no")) | _bad,
    "answers": st.lists(_answers, max_size=2).map(tuple),
    "arrival_s": st.none() | st.floats(0, 3600),
    "assignment": _assignments,
    "because": _texts,
    "by": st.sampled_from(STAFF),
    "by_prompt": st.sampled_from(("", "armed")),
    "call": _calls,
    "caller": st.builds(Caller, name=_texts, number=_texts),
    "calls": st.lists(_calls, max_size=2).map(tuple),
    "capability": st.sampled_from(sorted(CODES.capabilities)) | _bad,
    "category": st.sampled_from(sorted(CODES.categories)) | _bad,
    "channel": st.sampled_from(("telephone", "on_view")),
    "count": st.integers(0, 3),
    "crew": st.lists(st.sampled_from(STAFF), max_size=2, unique=True).map(tuple),
    "disposition": st.sampled_from(sorted(CODES.dispositions)) | _bad,
    "from_assignment": _assignments,
    "from_incident": _incidents,
    "handover": st.sampled_from(HANDOVERS),
    "hash": st.sampled_from(("h1", "h2")),
    "incident": _incidents,
    "incidents": st.lists(_incidents, max_size=2, unique=True).map(tuple),
    "into": _incidents,
    "line": st.sampled_from(("110-1", "110-2")),
    "moved_from": st.none() | moves,
    "from_unit": st.sampled_from(UNITS),
    "members": st.lists(st.sampled_from(STAFF), min_size=1, max_size=2, unique=True).map(tuple),
    "move_reason": st.sampled_from(("", "relief")) | _bad,
    "name": _texts,
    "new_assignment": _assignments,
    "no_incident_reason": st.sampled_from(("", "wrong_number")) | _bad,
    "note": _notes,
    "number": _texts,
    "origin": st.sampled_from(("incident", "call")),
    "out_of": _incidents,
    "outcome": st.sampled_from(("reached", "no_answer")),
    "override_reason": st.sampled_from(("", "closer")) | _bad,
    "parts": st.lists(urgencies, max_size=2).map(tuple),
    "place": places,
    "position": st.none() | positions,
    "priority": st.integers(0, 3),
    "prompt": st.sampled_from(("inside", "armed")) | _bad,
    "purpose": _texts,
    "reason": _reasons,
    "recommended": st.none() | st.booleans(),
    "replaced_by": st.sampled_from(NOTICES),
    "replaces": st.none() | st.sampled_from(NOTICES),
    "since_ms": times_ms,
    "source": _incidents,
    "state": open_phases,
    "state_before": open_phases,
    "text": _texts,
    "through": st.lists(_incidents, max_size=2).map(tuple),
    "to": st.sampled_from((*STAFF, "")),
    "to_incident": _incidents,
    "unavailable_reason": st.sampled_from(("", "closer")) | _bad,
    "unit": st.sampled_from((*UNITS, "X9")),
    "units": st.lists(
        st.builds(UnitToSend, assignment=_assignments, unit=st.sampled_from((*UNITS, "X9"))),
        max_size=3,
    ).map(tuple),
    "version": _texts,
    "what": _texts,
    "zone": st.sampled_from(("north", "south")),
}
_OPENING = {
    "call": st.none() | _calls,
    "assignment": st.none() | _assignments,
    "unit": st.sampled_from(("", *UNITS)),
}
_LINKING = {
    "category": st.sampled_from(("", *sorted(CODES.categories))) | _bad,
    "priority": st.none() | st.integers(0, 3),
}


def command_of(kind: type[Command]) -> SearchStrategy[Command]:
    """Commands of one class, valid and not."""
    return _build(kind, {OpenIncident: _OPENING, LinkCall: _LINKING}.get(kind, {}))


def event_of(kind: type[Event]) -> SearchStrategy[Event]:
    """Events of one class, possible or not."""
    return _build(kind, {})


def _build(kind: type[Any], special: Mapping[str, SearchStrategy[object]]) -> SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(
        kind,
        **{
            f.name: special[f.name] if f.name in special else _field(f.name, hints[f.name])
            for f in fields(kind)
        },
    )


def _field(name: str, hint: Any) -> SearchStrategy[object]:
    """By its type where that says all; else by its name, since codes and ids are texts."""
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if name in FIELDS:
        return FIELDS[name]
    if get_origin(hint) is Sealed:
        return _field(name, get_args(hint)[0])
    if get_origin(hint) is UnionType:
        return st.one_of(*(_field(name, one) for one in get_args(hint)))
    if hint is NoneType:
        return st.none()
    if hint is UUID:
        return st.sampled_from(RECORDS[name])  # another name stands in `FIELDS`
    if hint is int and name.endswith("_ms"):
        return times_ms
    return st.from_type(hint)


commands: SearchStrategy[Command] = st.sampled_from(sorted(COMMANDS)).flatmap(
    lambda verb: command_of(COMMANDS[verb])
)
events: SearchStrategy[Event] = st.sampled_from(sorted(EVENTS)).flatmap(
    lambda type_: event_of(EVENTS[type_])
)

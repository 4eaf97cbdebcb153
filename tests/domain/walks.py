"""Random histories of a room with everybody in it: people do what policy lets them, members leave
and change posts, other city packs come into force, time passes and the keeper looks."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from functools import cache
from random import Random
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from dutyroom.actions.members import DESK_ROLES, SPECIALIST_ROLES, TASK_ROLES
from dutyroom.domain import AGGREGATES, COMMANDS
from dutyroom.domain.asking import about
from dutyroom.domain.calls.commands import ClaimCall, EndCall, ReceiveCall
from dutyroom.domain.context import Actor, Context
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.kernel import GO, Aggregate, Change, Command, Decision, Refusal
from dutyroom.domain.loops.row import BY_PACK, LIST, may_change
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.marked import CodeOf, IdOf, OneOf
from dutyroom.domain.orgs import within
from dutyroom.domain.units.commands import SignOn
from dutyroom.domain.values import Place, Position, Sealed
from dutyroom.domain.watching.commands import LookAtDeadlines
from dutyroom.domain.watching.steps import with_looks
from dutyroom.policy import VERBS, may_do
from dutyroom.projections.rows import as_text

from .room import Room
from .strategies import CALLS, INCIDENTS, UNITS, codes_of, ids_of
from .walked_city import FIRST, PACKS, POSTS, STAFF, Pack

KEEPER, OPERATOR = Actor("keeper", "keeper"), Actor("operator", "operator")
GATEWAY = Actor("gateway", "gateway")
HOUR_MS: Final = 3_600_000
_NOBODYS: Final = ("keeper", "operator", "gateway")
_KINDS: Final[dict[str, Aggregate[Any, Any]]] = {one.name: one for one in AGGREGATES}
TRIES: Final = 10
"""Until something comes of what somebody asks."""
_BY_PEOPLE: Final = sorted(
    verb for verb in COMMANDS if any(role not in _NOBODYS for role in VERBS[verb])
)


_ASIDE: Final = ("unit.", "notice.", "partner_key.", "spot.", "attachment.", "call.record_details",
    "incident.settle", "incident.reopen_point", "incident.set_place", "incident.add_note")  # fmt: skip
_WORK: Final = [one for one in _BY_PEOPLE if not one.startswith(_ASIDE)]
"""Without what is no work that could be lost, and would happen all the time."""


@cache
def _hints(kind: type[Any]) -> tuple[tuple[str, Any, bool], ...]:
    """The fields of a command: name, type, whether it may be left out."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple((one.name, hints[one.name], one.default is not MISSING) for one in fields(kind))


class City(Room):
    """The room, with its members, under a city pack; it knows who works where, as the real one."""

    def __init__(self) -> None:
        super().__init__(FIRST.codes)
        self.staff = dict(STAFF)
        self.pack = FIRST
        self.adopt(FIRST)

    def adopt(self, pack: Pack) -> None:
        self.pack, self.loop = pack, pack.loop
        self.codes = replace(pack.codes, units=self.codes.units)

    def context(self, command: Command, actor: Actor = KEEPER, at_ms: int | None = None) -> Context:
        self.know()
        return replace(super().context(command, actor, at_ms), pack_hash=self.pack.hash)

    def know(self) -> None:
        """Who is there by now; everybody is on duty."""
        staff = self.staff.items()
        self.members = tuple(name for name, (role, _) in staff if role in DESK_ROLES)
        self.works_for = {name: org for name, (role, org) in staff if role in TASK_ROLES}
        self.works_at_desk = {name: org for name, (role, org) in staff if role in SPECIALIST_ROLES}
        offices = VERBS["station.confirm_item"]
        self.command_offices = {name: org for name, (role, org) in staff if role in offices}
        self.duty_of = {name: org for name, (_, org) in staff}
        self.on_duty = {}
        for name, (role, _) in staff:
            self.on_duty[role] = (*self.on_duty.get(role, ()), name)

    def actor(self, name: str) -> Actor:
        role, org = self.staff[name]
        return Actor(name, role, org=org)


class Walk:
    """One history; `said` is what happened, for whoever looks at a failure."""

    def __init__(self, seed: int) -> None:
        self.luck = Random(seed)
        self.city = City()
        self.said: list[str] = []
        self.done: list[tuple[Command, Actor, Decision]] = []
        for unit in UNITS:
            self.act(SignOn(unit, (f"{unit}-1",)), self.city.actor("anna"))
        for call, incident in zip(CALLS, INCIDENTS[:2], strict=False):
            self.act(ReceiveCall(call, "110-1", "13800000000"), GATEWAY)
            self.act(ClaimCall(call), self.city.actor("tea"))
            place = Place(121.0, 31.0, "Bridge", "point")
            self.act(OpenIncident(incident, "NOISE", 3, place, call=call), self.city.actor("tea"))
            self.act(EndCall(call), self.city.actor("tea"))

    def step(self) -> None:
        """Something happens."""
        match self.luck.random():
            case chance if chance < 0.88:
                self._somebody_acts()
            case chance if chance < 0.95:
                self.passes(self.luck.choice((0.1, 1, 5, 30, 100)))
            case chance if chance < 0.98:
                self._somebody_leaves()
            case _:
                self.adopt(self.luck.choice(PACKS))

    def adopt(self, pack: Pack) -> None:
        self.city.adopt(pack)
        self.said.append(f"pack {pack.hash}")
        self.keep()

    def passes(self, hours: float) -> None:
        self.city.now_ms += round(hours * HOUR_MS)
        self.said.append(f"{hours} hours pass")
        self.keep()

    def keep(self) -> None:
        """The keeper looks at what is due, and at what goes by another pack."""
        for kind in AGGREGATES:
            for stream, state in [*self.city.states.items()]:
                if kind.list is None or not stream.startswith(f"{kind.name}:"):
                    continue
                deadlines = with_looks(state, kind.clocks(state))
                ended = any(one.ends and one.due_ms <= self.city.now_ms for one in deadlines)
                due = any(
                    one.look_ms is not None and one.look_ms <= self.city.now_ms for one in deadlines
                )
                id_ = stream.partition(":")[2]
                if isinstance(state, LoopState):
                    row = LIST.render(id_, state, Change("", 0, 0))
                    due = due or may_change(as_text(row), self.city.pack.hash)
                columns = kind.list.columns(state)
                if (columns.open or columns.state == BY_PACK) and due and not ended:
                    look = kind.look(UUID(id_)) if kind.look else None
                    self.act(look or LookAtDeadlines(kind.name, UUID(id_)), KEEPER)

    def act(self, command: Command, actor: Actor) -> Decision:
        """As the door does it: policy first; what is refused changes nothing."""
        facts = about(command, self.city.context(command, actor))
        if not may_do(actor.role, actor.unit, command.VERB, facts, actor.org).allowed:
            return ()
        decision = self.city.act(command, actor)
        if not isinstance(decision, Refusal) and decision:
            self.said.append(f"{actor.id} {command} -> {[one.event.TYPE for one in decision]}")
            self.done.append((command, actor, decision))
        return decision

    def _somebody_leaves(self) -> None:
        """As ``dutyroom member`` does it; somebody comes for who leaves."""
        name = self.luck.choice([*STAFF])
        if self.luck.random() < 0.4:
            self.city.staff.pop(name, None)
        else:
            role, org = self.luck.choice((STAFF[name], self.luck.choice(POSTS)))
            self.city.staff[name] = (role, org)
        self.said.append(f"{name} is {self.city.staff.get(name)}")
        for kind, id_, org in self.owned(name):
            assert kind.owned is not None
            role_now, org_now = self.city.staff.get(name, ("", ""))
            if role_now not in VERBS[kind.owned.take] or not within(org, org_now):
                released = self.act(kind.owned.release(id_), OPERATOR)
                assert isinstance(released, tuple), released

    def owned(self, name: str) -> Iterator[tuple[Aggregate[Any, Any], UUID, str]]:
        """The open records that a member has."""
        for kind in AGGREGATES:
            for stream, state in [*self.city.states.items()] if kind.owned else ():
                if kind.list and stream.startswith(f"{kind.name}:"):
                    columns = kind.list.columns(state)
                    if columns.open and columns.owner == name:
                        yield kind, UUID(stream.partition(":")[2]), columns.org

    def _somebody_acts(self) -> None:
        for _ in range(TRIES):
            command = self._fitting() if self.luck.random() < 0.6 else None
            command = command or self.made(COMMANDS[self.luck.choice(_WORK)])
            names = [*self.city.staff]
            self.luck.shuffle(names)
            able = [one for one in names if self.city.staff[one][0] in VERBS[command.VERB]]
            for name in able[:4]:
                decision = self.act(command, self.city.actor(name))
                if not isinstance(decision, Refusal) and decision:
                    return

    def _fitting(self) -> Command | None:
        """What the table of a record that is there lets go."""
        streams = [one for one in self.city.states if ":" in one]
        if not streams:
            return None
        name, _, id_ = self.luck.choice(streams).partition(":")
        kind, state = _KINDS[name], self.city.states[f"{name}:{id_}"]
        phase = getattr(state, "phase", getattr(state, "state", None))
        cells = kind.tables.get(name, {})
        verbs = [verb for (at, verb), cell in cells.items() if at == phase and cell == GO]
        fit = [one for one in verbs if one in _WORK]
        if not fit:
            return None
        command = self.made(COMMANDS[self.luck.choice(fit)])
        return replace(command, **{name: UUID(id_)}) if hasattr(command, name) else command

    def made(self, kind: type[Command]) -> Command:
        """A command of a class, as good as luck has it."""
        given = {
            name: self._value(hint, time=name.endswith("_ms"))
            for name, hint, may_miss in _hints(kind)
            if not (may_miss and self.luck.random() < 0.5)
        }
        return kind(**given)

    def _value(self, hint: Any, *, time: bool = False) -> Any:
        if isinstance(hint, TypeAliasType):
            return self._value(hint.__value__)
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._marked(args[0], args[1])
        if origin is Literal:
            return self.luck.choice(args)
        if origin is Sealed:
            return self._value(args[0])
        if origin in (Union, UnionType):
            return self._value(self.luck.choice(args), time=time)
        if origin is tuple and args[-1] is Ellipsis:
            return tuple(self._value(args[0]) for _ in range(self.luck.randint(0, 2)))
        if origin is tuple:
            return tuple(map(self._value, args))
        return self._plain(hint, time=time)

    def _plain(self, hint: Any, *, time: bool) -> Any:
        if hint is int and time:
            return self.city.now_ms + round(self.luck.choice((-1, 0.2, 2, 30, 100)) * HOUR_MS)
        match hint:
            case type() if hint is NoneType:
                return None
            case type() if hint is bool:
                return self.luck.random() < 0.5
            case type() if hint is int:
                return self.luck.randint(0, 3)
            case type() if hint is float:
                return self.luck.uniform(0, 3_600)
            case type() if hint is str:
                return self.luck.choice(("", "x", "said", "said too", "110-1"))
            case type() if hint is Place:
                return Place(121.0, 31.0, "Bridge", "point")
            case type() if hint is Position:
                return Position(121.0, 31.0, self.city.now_ms)
        return self.made(hint)

    def _marked(self, base: type, mark: object) -> Any:
        match mark:
            case IdOf("member"):
                return self.luck.choice(("", "", *STAFF))
            case IdOf("organisation"):
                return self.luck.choice(("", *sorted(FIRST.codes.orgs)))
            case IdOf(kind) if base is UUID or kind in ("unit", "zone", "public_place"):
                return self.luck.choice(ids_of(kind))
            case IdOf(kind):
                return f"{kind} 1"
            case OneOf(values):
                return self.luck.choice(values)
            case CodeOf():
                return self.luck.choice(codes_of(mark))
        raise TypeError(mark)

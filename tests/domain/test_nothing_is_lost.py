"""Whatever happens in a room: every open piece of work has an owner who is there, a clock where its
kind has one, and somebody was told when that ran out."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.domain import AGGREGATES
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.joint_operations.state import JointOperationState
from dutyroom.domain.kernel import Aggregate
from dutyroom.domain.loops.row import columns as loop_columns
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.orgs import within
from dutyroom.domain.referrals.state import WAITING, ReferralState
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.watching.state import Watched
from dutyroom.domain.watching.steps import with_looks
from dutyroom.policy import VERBS
from tests.harness.examples import examples

from .walked_city import FIRST
from .walks import City, Walk

STEPS = 100
HAS_AN_OWNER = {
    "task": ("accepted", "in_progress"),
    "desk_request": ("accepted", "in_progress"),
    "matter": ("in_hand",),
    "call_back": ("taken",),
}
OWED = {
    "accept": ("offered", "returned"),
    "done": ("offered", "accepted", "in_progress", "returned"),
}
"""Clocks of tasks, and in which states they run."""
NO_DEADLINE = {
    "task": ("submitted",),  # it is judged; and a task may have no time of its own
    "supervision_order": ("answered",),
    "desk_request": ("accepted", "in_progress", "done", "returned"),
    "referral": ("accepted", "in_progress", "done", "refused"),
}
"""States that are open and owe nothing by a time of their own: their incident is not concluded."""


def open_work(walk: Walk) -> Iterator[tuple[Aggregate[Any, Any], UUID, Any, Any]]:
    """Every open record of a list: its kind, id, state and columns."""
    for kind in AGGREGATES:
        for stream, state in walk.city.states.items():
            if kind.list and stream.startswith(f"{kind.name}:"):
                columns = kind.list.columns(state)
                if columns.open:
                    yield kind, UUID(stream.partition(":")[2]), state, columns


def whose_it_is(walk: Walk) -> None:
    """Who has it works there, and may do it."""
    for kind, id_, state, columns in open_work(walk):
        about = (kind.name, id_, state)
        assert columns.org in ("", *FIRST.codes.orgs), about
        if columns.state in HAS_AN_OWNER.get(kind.name, ()):
            assert columns.owner, about
        if kind.owned is not None and columns.owner:
            role, org = walk.city.staff.get(columns.owner, ("", ""))
            assert role in VERBS[kind.owned.take], about
            assert within(columns.org, org), about


def what_was_given_goes_to_who_is_there(walk: Walk, before: dict[str, Any]) -> None:
    """An organisation of the pack in force and a team that it has, whenever that changes."""
    for kind, id_, _, columns in open_work(walk):
        if kind.name not in ("task", "matter", "supervision_order"):
            continue
        stream = f"{kind.name}:{id_}"
        was, orgs = before.get(stream), walk.city.codes.orgs
        if was is None or was.org != columns.org:
            assert columns.org in ("", *orgs), (stream, walk.said[-1])
        if was is not None and was.team != columns.team and columns.org in orgs:
            there = walk.city.codes.teams.get(columns.org, ())
            assert columns.team in ("", *there), (stream, walk.said[-1])


def deadlines_run(walk: Walk) -> None:
    for kind, id_, state, columns in open_work(walk):
        if not isinstance(state, Watched) or columns.state in NO_DEADLINE.get(kind.name, ()):
            continue
        deadlines = with_looks(state, kind.clocks(state))
        if isinstance(state, TaskState) and state.due_ms is None:
            continue
        assert deadlines, (kind.name, id_, state)
        if any(one.ends and one.due_ms <= walk.city.now_ms for one in deadlines):
            continue
        for one in deadlines:
            assert one.ends or one.look_ms is not None or not one.tell, (kind.name, id_, state)


def somebody_was_told(walk: Walk) -> None:
    """After the keeper has looked."""
    now_ms = walk.city.now_ms
    for kind, id_, state, _ in open_work(walk):
        deadlines = with_looks(state, kind.clocks(state))
        if any(one.ends and one.due_ms <= now_ms for one in deadlines):
            continue
        for one in deadlines:
            assert one.look_ms is None or one.look_ms > now_ms - 60_000, (kind.name, id_, state)
            if isinstance(state, Watched) and not one.ends and one.due_ms <= now_ms - 60_000:
                alarm = state.alarm(one.name, one.due_ms)
                assert alarm, (kind.name, id_, state)
                assert alarm.told or alarm.passed, (kind.name, id_, state)


def clocks_of_what_goes_on_run(walk: Walk) -> None:
    """And none of what is over does."""
    city = walk.city
    for stream, loop in city.states.items():
        if not isinstance(loop, LoopState):
            continue
        id_ = stream.partition(":")[2]
        incident, task = city.states.get(f"incident:{id_}"), city.states.get(f"task:{id_}")
        if isinstance(incident, IncidentState):
            whole = city.incidents[outermost(UUID(id_), city)]
            if whole.state == "closed":
                assert not loop_columns(loop).open, (stream, loop)
            elif city.pack is FIRST and (run := loop.run("report")) and not loop.is_over:
                assert run.runs, (stream, loop)  # one that was reopened without routes is over
        if isinstance(task, TaskState):
            assert not task.over or not loop.running, (stream, loop)
            for clock, phases in OWED.items() if city.pack is FIRST else ():
                run = loop.run(clock)
                if task.phase in phases and run is not None:
                    assert run.runs, (stream, task, loop)


def conclusions_hold(walk: Walk) -> None:
    city = walk.city
    for id_, incident in city.incidents.items():
        if incident.state != "closed":
            continue
        for part in (id_, *(one for one, _ in parts_of(incident, city.incidents.get))):
            for work in city.open_work(part):
                state = city.states[f"{work.kind}:{work.id}"]
                assert isinstance(state, TaskState), (id_, state)
                assert state.after_close, (id_, state)


def outermost(incident: UUID, city: City) -> UUID:
    into = city.incidents[incident].merged_into
    return incident if into is None else outermost(into, city)


def rest_holds(walk: Walk) -> None:
    city = walk.city
    for _, id_, state, _ in open_work(walk):
        match state:
            case CallBackState():
                incident = city.incidents[id_]
                assert incident.state == "closed", (id_, state)
                assert not_safe(id_, city.incidents.get) is None, (id_, state)
            case JointOperationState():
                left = {one.org for one in state.lines if one.state == "open"}
                assert state.orgs, (id_, state)
                assert left <= {*state.orgs}, (id_, state)
            case ReferralState() if state.phase in WAITING:
                assert city.incidents[outermost(state.sent.incident, city)].state == "open"
    for id_, task in city.tasks.items():
        if task.phase == "joined":
            assert task.joined_into in city.tasks, (id_, task)
            into = city.tasks[task.joined_into]
            assert into.phase != "withdrawn", (id_, task, into)
            assert id_ in into.joined


def walked(seed: int, steps: int = STEPS) -> Walk:
    walk = Walk(seed)
    try:
        for _ in range(steps):
            before = {f"{k.name}:{i}": columns for k, i, _, columns in open_work(walk)}
            pack = walk.city.pack
            walk.step()
            whose_it_is(walk)
            deadlines_run(walk)
            conclusions_hold(walk)
            rest_holds(walk)
            if pack is walk.city.pack:
                what_was_given_goes_to_who_is_there(walk, before)
        walk.passes(0.1)
        somebody_was_told(walk)
        clocks_of_what_goes_on_run(walk)
    except AssertionError:
        print(f"seed {seed}:", *walk.said[-25:], sep="\n  ")
        raise
    return walk


@settings(max_examples=examples(5, at_night=500))
@given(st.integers(0, 2**32))
def test_nothing_is_lost(seed: int) -> None:
    walked(seed)

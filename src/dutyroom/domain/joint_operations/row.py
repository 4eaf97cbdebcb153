"""The row of a joint operation: what consoles see of it, without its texts. Times are milliseconds
UTC."""

from typing import Final

import msgspec

from dutyroom.domain.joint_operations.state import JointOperationPhase, JointOperationState
from dutyroom.domain.kernel import Change, Columns, List


class JointOperationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A joint operation on an incident (`number` is the incident's). `orgs` take part; of the plan
    `open` lines are left and `done` are ticked. `log`: how much was written."""

    id: str
    incident: str
    number: str
    state: JointOperationPhase
    orgs: tuple[str, ...]
    open: int
    done: int
    log: int
    begun_by: str
    begun_ms: int
    since_ms: int
    position: int


def render(id_: str, state: JointOperationState, last: Change) -> JointOperationRow:
    """The row of an operation."""
    return JointOperationRow(
        id=id_,
        incident=str(state.incident),
        number=state.number,
        state=state.phase,
        orgs=state.orgs,
        open=sum(one.state == "open" for one in state.lines),
        done=sum(one.state == "done" for one in state.lines),
        log=len(state.notes),
        begun_by=state.begun_by,
        begun_ms=state.begun_ms,
        since_ms=state.since_ms,
        position=last.position,
    )


def columns(state: JointOperationState) -> Columns:
    """Whether it goes on, and on which incident."""
    return Columns(state.phase == "open", state.phase, incident=state.incident)


LIST: Final = List(
    "joint_operations", JointOperationRow, render, columns, shared=True, keeps_open=("open",)
)

"""The row of a spot. Times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.spots.state import SpotPhase, SpotState


class SpotRow(msgspec.Struct, frozen=True, kw_only=True):
    """A public place where somebody does something about what happens again and again: the task,
    and the incident that it is on (`number`)."""

    id: str
    state: SpotPhase
    place: str
    zone: str
    kind: str
    incident: str
    number: str
    task: str
    org: str
    by: str
    taken_ms: int
    until_ms: int
    window_days: int
    position: int


def render(id_: str, spot: SpotState, last: Change) -> SpotRow:
    """The row of a spot."""
    taken = spot.taken
    return SpotRow(
        id=id_,
        state=spot.phase,
        place=taken.place,
        zone=taken.zone,
        kind=taken.kind,
        incident=str(taken.incident),
        number=taken.number,
        task=str(taken.task),
        org=taken.org,
        by=taken.by,
        taken_ms=spot.at_ms,
        until_ms=taken.until_ms,
        window_days=taken.window_days,
        position=last.position,
    )


def columns(spot: SpotState) -> Columns:
    """Who does something about it."""
    return Columns(
        spot.phase == "taken_on", spot.phase, spot.taken.org, incident=spot.taken.incident
    )


LIST: Final = List("spots", SpotRow, render, columns)

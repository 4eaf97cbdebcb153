"""Where units are: telemetry, not journaled."""

from typing import Annotated

import msgspec
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from dutyroom.actions import positions
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import NotAllowed, actor_of
from dutyroom.api.commands import Strict
from dutyroom.core.text import Text
from dutyroom.domain.kernel import About
from dutyroom.domain.values import LONGEST_UNIT
from dutyroom.policy import may_report

router = Router(tags=["positions"])


class UnitPosition(Strict):
    """One fix of one unit (WGS84, time of the fix)."""

    unit: Annotated[str, Field(max_length=LONGEST_UNIT)]
    lon: Annotated[float, Field(ge=-180, le=180, strict=True)]
    lat: Annotated[float, Field(ge=-90, le=90, strict=True)]
    at_ms: Annotated[int, Field(ge=0, le=1 << 47, strict=True)]


class Positions(Strict):
    positions: Annotated[list[UnitPosition], Field(min_length=1, max_length=2_000)]


class RefusedPosition(msgspec.Struct, frozen=True, kw_only=True):
    """``reason`` is a code, ``why`` says it in English, ``because`` in both languages."""

    index: int
    reason: str
    why: str
    because: Text


class PositionsTaken(msgspec.Struct, frozen=True, kw_only=True):
    """``older``: places in the list of positions that are older than the latest one known; they
    are no error and change nothing."""

    accepted: int
    older: tuple[int, ...]
    refused: tuple[RefusedPosition, ...]


@router.post("/positions")
def send(request: HttpRequest, body: Positions) -> PositionsTaken:
    """Take positions in: of any unit from a gateway, of the own unit from a field officer.

    A position that can't be true is refused, and the unit's last good one is kept; so is one that
    nobody could have reached in the time, until three in a row agree with each other.
    """
    actor = actor_of(request)
    fixes: list[positions.Fix] = []
    places: list[int] = []
    refused: list[RefusedPosition] = []
    for index, one in enumerate(body.positions):
        about = About(unit=one.unit)
        decision = may_report(actor.role, actor.unit, "positions", about, actor.org)
        if not decision.allowed:
            if actor.role not in ("gateway", "field_officer"):
                raise NotAllowed(decision)
            refused.append(_refused(index, "not_allowed", decision.because))
            continue
        fixes.append(positions.Fix(one.unit, one.lon, one.lat, one.at_ms))
        places.append(index)
    taken = positions.take(fixes, now_ms())
    refused += [_refused(places[one.index], one.reason, one.why) for one in taken.refused]
    return PositionsTaken(
        accepted=taken.accepted,
        older=tuple(places[index] for index in taken.older),
        refused=tuple(refused),
    )


def _refused(index: int, reason: str, why: Text) -> RefusedPosition:
    return RefusedPosition(index=index, reason=reason, why=why.en, because=why)

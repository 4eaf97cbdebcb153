"""Where units are: telemetry, not journaled."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from dutyroom.actions import positions
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import NotAllowed, actor_of
from dutyroom.api.commands import Strict
from dutyroom.policy import Facts, may_read

router = Router(tags=["positions"])


class Position(Strict):
    """One fix of one unit (WGS84, time of the fix)."""

    unit: Annotated[str, Field(max_length=20)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    at_ms: Annotated[int, Field(ge=0, le=1 << 47)]


class Positions(Strict):
    positions: Annotated[list[Position], Field(min_length=1, max_length=2_000)]


class RefusedPosition(Strict):
    index: int
    why: str


class PositionsTaken(Strict):
    accepted: int
    refused: list[RefusedPosition]


@router.post("/positions", response=PositionsTaken)
def send(request: HttpRequest, body: Positions) -> dict[str, Any]:
    """Take positions in: of any unit from a gateway, of the own unit from a field officer."""
    actor = actor_of(request)
    fixes: list[positions.Fix] = []
    places: list[int] = []
    refused: list[dict[str, object]] = []
    for index, one in enumerate(body.positions):
        decision = may_read(actor.role, actor.unit, "positions", Facts(unit=one.unit))
        if not decision.allowed:
            if actor.role not in ("gateway", "field_officer"):
                raise NotAllowed(decision)
            refused.append({"index": index, "why": decision.because.en})
            continue
        fixes.append(positions.Fix(one.unit, one.lon, one.lat, one.at_ms))
        places.append(index)
    problems = positions.take(fixes, now_ms())
    refused += [{"index": places[index], "why": why} for index, why in problems]
    return {"accepted": len(fixes) - len(problems), "refused": refused}

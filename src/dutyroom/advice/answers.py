"""What the engine answers: whom to send, and what the next hour may bring.

Times in seconds, moments in milliseconds UTC.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dutyroom.advice.kept_file import WhyNot
from dutyroom.dispatch import words
from dutyroom.dispatch.words import NeedAnswer

type Yes = Annotated[bool, msgspec.Meta(extra_json_schema={"enum": [True]})]
type No = Annotated[bool, msgspec.Meta(extra_json_schema={"enum": [False]})]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a unit is or isn't chosen; the codes are listed in docs/background/dispatch.md."""

    code: str
    params: dict[str, str | int | float | None]


class CandidateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that was looked at. ``arrival_s`` is None where it can't get there; it may be up to
    ``widened_s`` later, because its position is ``stale``."""

    unit: str
    kind: str
    arrival_s: float | None
    widened_s: float
    capabilities: tuple[str, ...]
    chosen: bool
    stale: bool
    coverage_loss: float | None
    load_s: float
    reasons: tuple[Reason, ...]


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """Which units to send at this moment, who else was looked at and why not, what stays unmet.

    ``advice`` is what a dispatch names, so that it is judged by this recommendation.
    """

    needs: tuple[NeedAnswer, ...]
    chosen: tuple[str, ...]
    candidates: tuple[CandidateAnswer, ...]
    reasons: tuple[Reason, ...]
    nearer_not_shown: int
    at_ms: int
    took_ms: float
    advice: str


def recommended(
    found: words.Recommendation, at_ms: int, took_ms: float, advice: str
) -> Recommendation:
    """What the engine recommends, as it is answered."""
    return Recommendation(
        needs=found.needs,
        chosen=found.chosen,
        candidates=tuple(
            CandidateAnswer(
                unit=one.unit,
                kind=one.kind,
                arrival_s=one.arrival_s,
                widened_s=one.widened_s,
                capabilities=one.capabilities,
                chosen=one.chosen,
                stale=one.stale,
                coverage_loss=one.coverage_loss,
                load_s=one.load_s,
                reasons=_reasons(one.reasons),
            )
            for one in found.candidates
        ),
        reasons=_reasons(found.reasons),
        nearer_not_shown=found.nearer_not_shown,
        at_ms=at_ms,
        took_ms=took_ms,
        advice=advice,
    )


def _reasons(found: Iterable[words.Reason]) -> tuple[Reason, ...]:
    return tuple(Reason(code=one.code, params=one.params) for one in found)


class AssumedCalls(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="assumed"):
    """All calls of the next hour are assumed, and why none were learnt."""

    why: WhyNot


class LearntCalls(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="learnt"):
    """The calls of the next hour are as those of a recorded period."""

    source: str
    calls: int
    begin_ms: int
    end_ms: int


class AssumedTimes(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="assumed"):
    """All service times are assumed, and why none were measured."""

    why: WhyNot | Literal["too_few"]


class FittedTimes(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="fitted"):
    """Service times are those of a recorded period."""

    source: str
    calls: int
    begin_ms: int
    end_ms: int
    whole_minutes: bool


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A mean difference with the half-width of its 95 % interval, which holds for all candidates
    (of areas: all areas) together; ``sure`` if that leaves out zero."""

    mean: float
    half_width: float
    sure: bool


class NotRehearsed(msgspec.Struct, frozen=True, kw_only=True):
    """The first rehearsal isn't done yet; ``failed``: the last attempt has failed."""

    ready: No
    stale: bool
    failed: bool


class AreaOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """``bare`` is the chance that what is asked for there has no free unit near."""

    zone: str
    bare: float
    delay_s: float | None
    calls: float


class MoveOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """Moving this unit to that station lowers the mean response beyond doubt."""

    unit: str
    station: str
    delay_s: Difference | None
    bare: Difference | None


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """The next hour, rehearsed. ``stale``: the room has moved on since; ``failed``: the last
    attempt at a newer one did."""

    ready: Yes
    stale: bool
    failed: bool
    at_ms: int
    position: int
    horizon_s: float
    replications: int
    calls: AssumedCalls | LearntCalls
    service_times: AssumedTimes | FittedTimes
    mean_delay_s: float | None
    areas: tuple[AreaOutlook, ...]
    move: MoveOutlook | None
    took_ms: float


class AreaChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a choice changes in one area; None where no call was drawn."""

    zone: str
    delay_s: Difference | None
    bare: Difference | None


class Instead(msgspec.Struct, frozen=True, kw_only=True):
    """What sending this unit instead of a recommended one changes. ``worst`` loses most response,
    ``barest`` most cover, beyond doubt."""

    unit: str
    instead_of: str
    delay_s: Difference | None
    bare: Difference | None
    worst: AreaChange | None
    barest: AreaChange | None
    areas: tuple[AreaChange, ...]


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """What the choices for an incident change in the next hour. ``stale`` and ``failed`` as of
    `Outlook`; ``took_ms`` isn't there where there was nothing to rehearse."""

    ready: Yes
    stale: bool
    failed: bool
    at_ms: int
    position: int
    calls: AssumedCalls | LearntCalls
    service_times: AssumedTimes | FittedTimes
    replications: int
    candidates: tuple[Instead, ...]
    took_ms: float | UnsetType = UNSET

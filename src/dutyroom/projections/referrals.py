"""Referrals, found by their incident, their partner and their agreement."""

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

import msgspec
from django.db.backends.utils import CursorWrapper

from dutyroom.domain.referrals import REFERRALS
from dutyroom.domain.referrals.row import ReferralRow
from dutyroom.domain.referrals.state import WAITING
from dutyroom.projections.models import ListedView

RECENT: Final = 50
"""So many of those that are over are still shown to a partner."""
_STATES: Final = ", ".join(["%s"] * len(WAITING))


class _By(msgspec.Struct):
    agreement: str
    sent_by: str


class Outcome(msgspec.Struct, frozen=True):
    """What came of a referral."""

    agreement: str
    sent_ms: int
    late: bool
    answered_ms: int | None
    reason: str
    outcome: str


def referred_by(cursor: CursorWrapper, incident: UUID, agreement: str) -> tuple[UUID, str] | None:
    """One of them by an agreement, and who sent it."""
    cursor.execute(
        "SELECT id, row FROM projections_listedview "
        f"WHERE kind = %s AND incident = %s AND state IN ({_STATES}) ORDER BY id",
        [REFERRALS.name, str(incident), *WAITING],
    )
    for id_, row in cursor.fetchall():
        by = msgspec.json.decode(row, type=_By)
        if by.agreement == agreement:
            return UUID(id_), by.sent_by
    return None


def referral_row(id_: UUID) -> ReferralRow | None:
    """The row of one referral; None if there is none."""
    found = ListedView.objects.filter(kind=REFERRALS.name, id=str(id_))
    return next(_read(found.values_list("row", flat=True)), None)


def referrals_of(partner: str) -> tuple[ReferralRow, ...]:
    """Those of a partner that it may still do something about, and some that are over; the latest
    first."""
    own = ListedView.objects.filter(kind=REFERRALS.name, owner=partner).order_by("-changed_at_ms")
    waiting = own.filter(open=True).values_list("row", flat=True)
    over = own.filter(open=False).values_list("row", flat=True)[:RECENT]
    return (*_read(waiting), *_read(over))


def outcomes_of(agreement: str, partner: str, from_ms: int) -> tuple[Outcome, ...]:
    """What came of the referrals by an agreement that were sent since a time."""
    own = ListedView.objects.filter(kind=REFERRALS.name, owner=partner, changed_at_ms__gte=from_ms)
    found = (msgspec.json.decode(row, type=Outcome) for row in own.values_list("row", flat=True))
    return tuple(one for one in found if one.agreement == agreement and one.sent_ms >= from_ms)


def _read(rows: Iterable[str]) -> Iterator[ReferralRow]:
    return (msgspec.json.decode(row, type=ReferralRow) for row in rows)

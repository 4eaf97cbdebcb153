"""What a referral carries, unsealed: for the room, and for the partner that it was sent to."""

from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from django.db import connection
from msgspec import UNSET, UnsetType

from dutyroom.core.roles import FOR_PARTNERS
from dutyroom.core.text import Text
from dutyroom.domain.agreements import CarriedField
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import About
from dutyroom.domain.referrals import REFERRALS
from dutyroom.domain.referrals.events import ReferralDone, ReferralSent
from dutyroom.domain.referrals.row import ReferralRow
from dutyroom.domain.referrals.state import ReferralPhase
from dutyroom.journal import read
from dutyroom.projections.referrals import referral_row
from dutyroom.readings.answers import PlaceReading
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, is_unsafe

CONTACTS: Final[frozenset[CarriedField]] = frozenset({"caller_name", "caller_telephone"})
"""What somebody would contact who called by."""


class PartnerReferral(msgspec.Struct, frozen=True, kw_only=True):
    """A referral as its partner sees it: nothing of the room, and of the incident only what is
    agreed. ``late``: nobody had answered by ``due_ms``; ``reminders``: how often the room has
    pressed for it, last at ``reminded_ms``."""

    id: str
    agreement: str
    state: ReferralPhase
    sent_ms: int
    due_ms: int
    since_ms: int
    late: bool
    answered_by: str
    reason: str
    outcome: Literal["", "done", "refused"]
    reminders: int = 0
    reminded_ms: int | None = None
    number: str | UnsetType = UNSET
    category: str | UnsetType = UNSET
    priority: int | UnsetType = UNSET


class Carried(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What it carries, as it was when it was sent: no more than the agreement names. Times are
    milliseconds UTC."""

    number: str | UnsetType = UNSET
    category: str | UnsetType = UNSET
    priority: int | UnsetType = UNSET
    time: int | UnsetType = UNSET
    place: PlaceReading | UnsetType = UNSET
    known: tuple[str, ...] | UnsetType = UNSET
    caller_name: tuple[str, ...] | UnsetType = UNSET
    caller_telephone: tuple[str, ...] | UnsetType = UNSET
    notes: tuple[str, ...] | UnsetType = UNSET
    request: str | UnsetType = UNSET


class ReferralReading(msgspec.Struct, frozen=True, kw_only=True):
    """A referral with what it carries and what came of it. Both are None once their key is erased,
    and ``outcome`` before it is done. ``fields``: what is agreed. ``unsafe``: it is not safe to
    contact who called, and their telephone is left out, whenever it was sent; a partner hears of it
    where the agreement hands over whom to contact."""

    referral: PartnerReferral
    because: Text
    fields: tuple[CarriedField, ...]
    unsafe: bool
    carried: Carried | None
    outcome: str | None


def for_partner(row: ReferralRow) -> PartnerReferral:
    """A row without what isn't the partner's."""
    shown: dict[str, Any] = {
        field: getattr(row, field)
        for field in ("number", "category", "priority")
        if field in row.fields
    }
    return PartnerReferral(
        id=row.id,
        agreement=row.agreement,
        state=row.state,
        sent_ms=row.sent_ms,
        due_ms=row.due_ms,
        since_ms=row.since_ms,
        late=row.late,
        answered_by=row.answered_by,
        reason=row.reason,
        outcome=row.outcome,
        reminders=row.reminders,
        reminded_ms=row.reminded_ms,
        **shown,
    )


def referral(reader: Reader, actor: Actor, id_: UUID) -> ReferralReading:
    """One referral. Raises `MayNotRead` or `NoSuchRecord`."""
    row = referral_row(id_)
    facts = About(org=_org(row, actor), own=_agreed(reader, row)) if row else About()
    reader.check(actor, "referral", facts)
    if row is None:
        raise NoSuchRecord(str(id_))
    access = reader.open(actor, "referral", incidents=[UUID(row.incident)], facts=facts)
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"{REFERRALS.name}:{id_}"))
        unsafe = is_unsafe(reader, cursor, UUID(row.incident))
    bodies = reader.unseal(access, entries)
    said = [(one.type, body) for one, body in zip(entries, bodies, strict=True) if body is not None]
    sent = next((body["carried"] for type_, body in said if type_ == ReferralSent.TYPE), None)
    if sent is not None and unsafe:
        sent = {field: one for field, one in sent.items() if field != "caller_telephone"}
    done = [body["text"] for type_, body in said if type_ == ReferralDone.TYPE]
    return ReferralReading(
        referral=for_partner(row),
        because=access.because,
        fields=row.fields,
        unsafe=unsafe and (actor.role not in FOR_PARTNERS or not CONTACTS.isdisjoint(row.fields)),
        carried=None if sent is None else msgspec.convert(sent, Carried),
        outcome=done[-1] if done and row.outcome == "done" else None,
    )


def _agreed(reader: Reader, row: ReferralRow) -> bool:
    """Whether its agreement lets the partner have what concerns a minor: the one in force, which
    may say something else than when it was sent."""
    return any(one.code == row.agreement and one.minors for one in reader.pack().agreements)


def _org(row: ReferralRow, actor: Actor) -> str:
    """Whose it is for who asks: of the partner, or of who looks after the incident."""
    return row.partner if actor.role in FOR_PARTNERS else row.org

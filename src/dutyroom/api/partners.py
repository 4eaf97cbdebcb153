"""Partners: their own page, and the agreements with them."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec
from django.http import HttpRequest
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.asking import actor_of, reader
from dutyroom.citypack import CityPack
from dutyroom.citypack.answers import NamedThing, PackAgreement
from dutyroom.citypack.describe import agreement_of
from dutyroom.core.text import Text
from dutyroom.domain.joint_operations.row import JointOperationRow
from dutyroom.domain.joint_operations.state import JointOperationPhase
from dutyroom.domain.partner_keys.commands import KeyScope
from dutyroom.projections.joint_operations import operations_of
from dutyroom.projections.partner_keys import partner_keys
from dutyroom.projections.referrals import outcomes_of, referrals_of
from dutyroom.readings.referrals import PartnerReferral, for_partner

router = Router(tags=["partners"])

PROPOSED_FROM: Final = 3
"""So many refusals for one reason ask for another agreement."""


class OwnKey(msgspec.Struct, frozen=True, kw_only=True):
    """An API key of the partner that lets its system in until ``until_ms``."""

    prefix: str
    scope: KeyScope
    until_ms: int


class PartnerOperation(msgspec.Struct, frozen=True, kw_only=True):
    """A joint operation that the partner takes part in, on the incident of this number, with these
    organisations; of the plan ``open`` lines are left and ``done`` are ticked."""

    id: str
    number: str
    state: JointOperationPhase
    orgs: tuple[str, ...]
    open: int
    done: int
    position: int


class PartnerPage(msgspec.Struct, frozen=True, kw_only=True):
    """A partner's own referrals, without what they carry, and the words that it needs for them.
    ``categories`` and ``priorities`` are those that its agreements may name, ``orgs`` who takes
    part in its joint operations, which a system with an API key doesn't see."""

    org: Text
    timezone: str
    server_time_ms: int
    agreements: tuple[PackAgreement, ...]
    reasons: tuple[NamedThing, ...]
    categories: tuple[NamedThing, ...]
    priorities: tuple[NamedThing, ...]
    referrals: tuple[PartnerReferral, ...]
    keys: tuple[OwnKey, ...]
    operations: tuple[PartnerOperation, ...]
    orgs: tuple[NamedThing, ...]


class ReasonCount(msgspec.Struct, frozen=True, kw_only=True):
    """How often a partner has refused for a reason."""

    reason: str
    count: int


class AgreementInUse(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement, and what came of the referrals that were sent since it is in force. ``late``:
    not answered in time. ``proposed``: the reasons for which it should be changed, since the
    partner refuses for them again and again."""

    agreement: PackAgreement
    in_force: bool
    sent: int
    accepted: int
    refused: int
    late: int
    reasons: tuple[ReasonCount, ...]
    proposed: tuple[str, ...]


class Agreements(msgspec.Struct, frozen=True, kw_only=True):
    """In the order of the city pack."""

    agreements: tuple[AgreementInUse, ...]


@router.get("/partner")
def own_page(request: HttpRequest) -> PartnerPage:
    """The referrals of the partner that asks. Nothing of it is sealed, so that nothing is written
    down: what they carry is read one by one."""
    actor = reader(request, "partner", org=actor_of(request).org)
    pack, words = runtime.room().pack, runtime.room().pack.vocabulary
    now = now_ms()
    agreements = tuple(agreement_of(one) for one in pack.agreements if one.partner == actor.org)
    named = {code for one in agreements for code in one.categories}
    every = any(not one.categories for one in agreements)
    operations = operations_of(actor.org) if actor.role == "partner" else ()
    return PartnerPage(
        org=_name(pack, actor.org),
        timezone=pack.timezone,
        server_time_ms=now,
        agreements=agreements,
        reasons=tuple(_thing(one.code, one.text) for one in pack.referral_reasons),
        categories=tuple(
            _thing(one.code, one.text) for one in words.categories if every or one.code in named
        ),
        priorities=tuple(_thing(str(one.level), one.text) for one in words.priorities),
        referrals=tuple(for_partner(one) for one in referrals_of(actor.org)),
        keys=tuple(
            OwnKey(prefix=one.prefix, scope=one.scope, until_ms=one.until_ms)
            for one in partner_keys(actor.org)
            if one.state == "active" and one.until_ms > now
        ),
        operations=tuple(_operation(one) for one in operations),
        orgs=tuple(_thing(one, _name(pack, one)) for one in _orgs_of(operations)),
    )


@router.get("/agreements")
def agreements(request: HttpRequest) -> Agreements:
    """All agreements with partners, and how they are kept."""
    reader(request, "agreements", org=actor_of(request).org)
    now = now_ms()
    return Agreements(
        agreements=tuple(
            _in_use(agreement_of(one), one.in_force(now)) for one in runtime.room().pack.agreements
        )
    )


def _in_use(agreement: PackAgreement, in_force: bool) -> AgreementInUse:
    found = outcomes_of(agreement.code, agreement.partner, agreement.from_ms)
    reasons = Counter(one.reason for one in found if one.outcome == "refused")
    return AgreementInUse(
        agreement=agreement,
        in_force=in_force,
        sent=len(found),
        accepted=sum(one.answered_ms is not None and one.outcome != "refused" for one in found),
        refused=sum(reasons.values()),
        late=sum(one.late for one in found),
        reasons=tuple(ReasonCount(reason=why, count=n) for why, n in reasons.most_common()),
        proposed=tuple(why for why, n in reasons.most_common() if n >= PROPOSED_FROM),
    )


def _operation(row: JointOperationRow) -> PartnerOperation:
    return PartnerOperation(
        id=row.id,
        number=row.number,
        state=row.state,
        orgs=row.orgs,
        open=row.open,
        done=row.done,
        position=row.position,
    )


def _orgs_of(operations: Iterable[JointOperationRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(org for one in operations for org in one.orgs))


def _name(pack: CityPack, path: str) -> Text:
    return next((one.text for one in pack.orgs if one.path == path), Text(path, path))


def _thing(id_: str, text: Text) -> NamedThing:
    return NamedThing(id=id_, en=text.en, zh=text.zh)

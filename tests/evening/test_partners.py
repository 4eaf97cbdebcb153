"""Simulated partners: they answer at a human pace, and leave to people what is theirs."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from dutyroom.citypack import CityPack, read_pack
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import Change
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    CloseReferral,
    FinishReferral,
    RefuseReferral,
    StartReferral,
)
from dutyroom.domain.referrals.events import ReferralSent
from dutyroom.domain.referrals.row import ReferralRow, render
from dutyroom.domain.referrals.state import ReferralState
from dutyroom.evening.partners import (
    ANSWER_AFTER_S,
    CLOSE_AFTER_S,
    PARTNER,
    PERSON_FIRST_S,
    WORK_S,
    Partners,
    partner_of,
)

pytestmark = pytest.mark.unit

BEGAN_MS = 1_764_000_000_000
DISPATCHER = Actor("sim-dispatcher", "dispatcher")
ID = UUID(int=7)


@pytest.fixture(scope="module")
def pack(city: Path) -> CityPack:
    return read_pack(city)


def row(partner: str = "lanchuan/gas", by: str = "sim-dispatcher", **more: Any) -> ReferralRow:
    sent = ReferralSent(
        by, UUID(int=8), "1000-0009", "GAS-LEAK", 1, "lanchuan", partner, "gas-leaks", (), BEGAN_MS
    )
    state = ReferralState("sent", sent, BEGAN_MS + 1, BEGAN_MS + 1)
    return render(str(ID), replace(state, **more), Change("x", BEGAN_MS, 1))


def moves(pack: CityPack, one: ReferralRow, after_s: float) -> list[Any]:
    partners = Partners(pack, DISPATCHER, 1, began_ms=BEGAN_MS)
    now_ms = BEGAN_MS + 1 + round(after_s * 1000) + 1
    return [command for _, command in partners.moves([one], [], now_ms)]


def test_a_partner_answers_works_and_reports(pack: CityPack) -> None:
    assert moves(pack, row(), ANSWER_AFTER_S[0] - 1) == []
    [answer] = moves(pack, row(), ANSWER_AFTER_S[1])
    assert isinstance(answer, AcceptReferral | RefuseReferral)
    ours = partner_of("lanchuan/gas").id
    accepted = row(phase="accepted", answered_by=ours)
    assert moves(pack, accepted, WORK_S[1]) == [StartReferral(ID)]
    [done] = moves(pack, row(phase="in_progress", answered_by=ours), WORK_S[1])
    assert isinstance(done, FinishReferral)


def test_people_are_left_what_is_theirs(pack: CityPack) -> None:
    own = row(f"lanchuan/{PARTNER}")
    assert moves(pack, own, PERSON_FIRST_S - 1) == []
    assert len(moves(pack, own, PERSON_FIRST_S)) == 1
    assert moves(pack, row(phase="accepted", answered_by="eve"), WORK_S[1]) == []
    assert moves(pack, row(by="chen", phase="refused"), CLOSE_AFTER_S[1]) == []
    assert moves(pack, row(phase="refused"), CLOSE_AFTER_S[1]) == [CloseReferral(ID)]
    lay_there = msgspec.structs.replace(row(phase="refused"), since_ms=BEGAN_MS - 1)
    assert moves(pack, lay_there, CLOSE_AFTER_S[1]) == []

"""API keys of partners: what may be done with one when, how long it lasts, how many there are."""

from dataclasses import replace
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.core.ids import uuid7
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import DONE, GO, Command, Deadline, Refusal
from dutyroom.domain.partner_keys.commands import AddPartnerKey, RevokePartnerKey
from dutyroom.domain.partner_keys.events import PartnerKeyAdded
from dutyroom.domain.partner_keys.state import (
    PartnerKeyState,
    PhaseAtATime,
    clocks,
    prefix_of,
)
from dutyroom.domain.partner_keys.table import PARTNER_KEY

from .room import Room
from .strategies import GAS, START_MS, uuids_of

pytestmark = pytest.mark.unit

IT, SECOND, THIRD = uuids_of("partner_key")
STREAM = f"partner_key:{IT}"
DIGEST = "0a" * 32
DAY_MS = 86_400_000
DAI = Actor("dai", "supervisor")
ADD = AddPartnerKey(IT, GAS.partner, "answer", DIGEST)
COMMANDS: dict[str, Command] = {
    "partner_key.add": ADD,
    "partner_key.revoke": RevokePartnerKey(IT),
}


@pytest.fixture
def room() -> Room:
    return Room()


def added(until_ms: int) -> PartnerKeyState:
    event = PartnerKeyAdded("dai", GAS.partner, "answer", DIGEST, until_ms)
    return PartnerKeyState(event, START_MS)


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in PARTNER_KEY.items()],
)
def test_a_key_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    if state != "none":
        one = added(room.now_ms + (0 if state == "expired" else DAY_MS))
        room.states[STREAM] = replace(one, revoked_ms=START_MS) if state == "revoked" else one
    decision = room.act(COMMANDS[verb], DAI)
    if cell == DONE:
        assert decision == ()
    elif cell == GO:
        assert not isinstance(decision, Refusal), decision
        assert decision
    else:
        assert isinstance(decision, Refusal)
        assert decision.name == cell


def test_the_table_has_every_state_and_verb() -> None:
    states = ("none", *get_args(PhaseAtATime.__value__))
    assert set(PARTNER_KEY) == {(state, verb) for state in states for verb in COMMANDS}


def test_a_key_is_good_for_ninety_days_or_as_said_and_a_year_at_most(room: Room) -> None:
    room.does(ADD, DAI)
    state: Any = room.states[STREAM]
    assert state.added.until_ms == room.now_ms + 90 * DAY_MS
    assert clocks(state) == (Deadline("expire", state.added.until_ms, ends=True),)
    now = room.now_ms + 1_000  # a second passes with each command
    for until_ms in (0, now - DAY_MS, now + 366 * DAY_MS):
        refused = room.refuses(replace(ADD, partner_key=SECOND, until_ms=until_ms), DAI)
        assert refused.name == "KeyLastsWrong"
    room.does(replace(ADD, partner_key=SECOND, until_ms=now + 360 * DAY_MS), DAI)


def test_a_partner_has_two_at_a_time_so_that_it_can_change_over(room: Room) -> None:
    room.does(ADD, DAI)
    room.does(replace(ADD, partner_key=SECOND), DAI)
    third = replace(ADD, partner_key=THIRD)
    assert room.refuses(third, DAI).name == "PartnerHasKeys"
    room.does(RevokePartnerKey(IT), DAI)
    room.does(third, DAI)


def test_one_that_has_expired_does_not_count(room: Room) -> None:
    room.does(replace(ADD, until_ms=room.now_ms + DAY_MS), DAI)
    room.does(replace(ADD, partner_key=SECOND), DAI)
    room.now_ms += DAY_MS
    room.does(replace(ADD, partner_key=THIRD), DAI)


def test_it_is_for_a_partner_with_an_agreement_and_of_a_digest(room: Room) -> None:
    assert room.refuses(replace(ADD, org="city"), DAI).name == "NoAgreementWith"
    for digest in ("", "0a", DIGEST.upper(), DIGEST + "0"):
        assert room.refuses(replace(ADD, key_digest=digest), DAI).name == "KeyDigestWrong"


def test_keys_of_one_millisecond_are_told_apart_by_the_random_end_of_their_id(room: Room) -> None:
    one, other = (uuid7(START_MS, bits) for bits in (0x123456789ABC, 0xFEDCBA987654))
    assert one.hex[:12] == other.hex[:12]
    for id_, prefix in ((one, "drk_123456789abc"), (other, "drk_fedcba987654")):
        room.does(replace(ADD, partner_key=id_), DAI)
        state: Any = room.states[f"partner_key:{id_}"]
        assert prefix_of(id_, state.added) == prefix


@given(st.uuids())
def test_one_of_before_is_shown_as_before(id_: UUID) -> None:
    assert prefix_of(id_, added(START_MS).added) == f"drk_{id_.hex}"[:16]

"""Referrals: incidents handed over to a partner, by an agreement that says what they carry."""

from typing import Final

from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.referrals import commands, events, refusals
from dutyroom.domain.referrals.asks import about_referral, asks_of_referral
from dutyroom.domain.referrals.commands import LookAtReferral
from dutyroom.domain.referrals.decide import ReferralCommand, decide_referral
from dutyroom.domain.referrals.evolve import evolve_referral
from dutyroom.domain.referrals.row import LIST
from dutyroom.domain.referrals.state import ReferralState, clocks
from dutyroom.domain.referrals.table import REFERRAL

REFERRALS: Final = Aggregate[ReferralCommand, ReferralState](
    "referral",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=ReferralState,
    refusals=makers(refusals),
    tables={"referral": REFERRAL},
    decide=decide_referral,
    evolve=evolve_referral,
    asks=asks_of_referral,
    about=about_referral,
    clocks=clocks,
    look=LookAtReferral,
    list=LIST,
)

"""Follow-up calls: who called is asked, once, after the incident was concluded."""

from typing import Final

from dutyroom.domain.callbacks import commands, events, refusals
from dutyroom.domain.callbacks.asks import about_call_back, asks_of_call_back
from dutyroom.domain.callbacks.decide import CallBackCommand, decide_call_back
from dutyroom.domain.callbacks.evolve import evolve_call_back
from dutyroom.domain.callbacks.following import asks_to_follow, follow
from dutyroom.domain.callbacks.row import LIST
from dutyroom.domain.callbacks.state import CallBackState, clocks
from dutyroom.domain.callbacks.table import CALL_BACK
from dutyroom.domain.kernel import Aggregate, Command, Event, Following, Owned, kinds, makers

CALL_BACKS: Final = Aggregate[CallBackCommand, CallBackState](
    "call_back",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=CallBackState,
    refusals=makers(refusals),
    tables={"call_back": CALL_BACK},
    decide=decide_call_back,
    evolve=evolve_call_back,
    asks=asks_of_call_back,
    about=about_call_back,
    clocks=clocks,
    list=LIST,
    following=Following(asks_to_follow, follow),
    owned=Owned(commands.ClaimCallBack.VERB, commands.ReleaseCallBack),
)

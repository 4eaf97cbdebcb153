"""How many call-takers are there, and how many of them hold a call. Counts, never names."""

from dutyroom.actions import members
from dutyroom.projections.figures import Takers
from dutyroom.projections.models import CallView
from dutyroom.projections.rows import read_call


def takers() -> Takers:
    """Signed-in call-takers, ``idle`` and ``busy``; others who hold a call are busy, too."""
    rows = CallView.objects.filter(open=True).values_list("row", flat=True)
    calls = map(read_call, rows)
    busy = {call.claimed_by for call in calls if call.state == "claimed"} - {None}
    idle = set(members.on_duty("in_the_room", ("call_taker",))) - busy
    return Takers(idle=len(idle), busy=len(busy))

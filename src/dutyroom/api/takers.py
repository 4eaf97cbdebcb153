"""How many call-takers are there, and how many of them hold a call. Counts, never names."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.utils import timezone

from dutyroom.projections.figures import Takers
from dutyroom.projections.models import CallView
from dutyroom.projections.rows import read_call


def takers() -> Takers:
    """Signed-in call-takers, ``idle`` and ``busy``; others who hold a call are busy, too."""
    rows = CallView.objects.filter(open=True).values_list("row", flat=True)
    calls = map(read_call, rows)
    busy = {call.claimed_by for call in calls if call.state == "claimed"} - {None}
    return Takers(idle=len(_signed_in("call_taker") - busy), busy=len(busy))


def _signed_in(role: str) -> set[str]:
    """The names of members of a role who have a session that is still good."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    sessions = store.get_model_class().objects.filter(expire_date__gt=timezone.now())
    members = {
        store().decode(data).get(SESSION_KEY)
        for data in sessions.values_list("session_data", flat=True)
    } - {None}
    found = get_user_model().objects.filter(role=role, is_active=True, pk__in=members)
    return set(found.values_list("name", flat=True))

"""The keeper looks at every record that has a deadline: at those that are open, once it is due."""

import json
from typing import Any, ClassVar

from django.db import migrations
from django.db.models import F

KINDS = ("task", "supervision_order", "desk_request", "matter", "call_back", "notice")
"""Those of which it did not, until then."""
WITHIN_MS = {"handover": 1_800_000, "station_handover": 3_600_000}
"""Those that had no deadline: since they began."""


def look_when_due(apps: Any, _schema: Any) -> None:
    rows = apps.get_model("projections", "ListedView").objects
    waiting = rows.filter(kind__in=KINDS, open=True, due_ms__isnull=False, look_ms__isnull=True)
    waiting.update(look_ms=F("due_ms"))
    for kind, within_ms in WITHIN_MS.items():
        for one in rows.filter(kind=kind, open=True):
            one.due_ms = one.look_ms = json.loads(one.row)["since_ms"] + within_ms
            one.save(update_fields=["due_ms", "look_ms"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projections", "0010_window")]

    operations: ClassVar = [migrations.RunPython(look_when_due, migrations.RunPython.noop)]

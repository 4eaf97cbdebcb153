"""What has to be watched is counted in the database: from when on it is at risk, and what is amiss."""

import json
from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.db import migrations, models

type Row = dict[str, Any]

AT_ONCE: Final = 2_000
BEGAN: Final = {
    "task": "offered_ms",
    "supervision_order": "given_ms",
    "desk_request": "asked_ms",
    "referral": "sent_ms",
    "matter": "since_ms",
    "call_back": "offered_ms",
    "handover": "since_ms",
    "station_handover": "since_ms",
}
"""Since when what is due was owed."""
AMISS: Final[dict[str, Callable[[Row], bool]]] = {
    "task": lambda row: (
        row["state"] == "returned" or (row["state"] == "in_progress" and row["sent_back"] > 0)
    ),
    "supervision_order": lambda row: (
        row["state"] in ("given", "acknowledged") and row["sent_back"] > 0
    ),
    "loop": lambda row: any(
        one["state"] == "paused" and one.get("paused_last", False) for one in row["clocks"]
    ),
}


def _last_tenth_ms(from_ms: int, due_ms: int) -> int:
    return due_ms - max(0, due_ms - from_ms - 1) // 10


def _risk_ms(kind: str, due_ms: int | None, row: Row) -> int | None:
    if kind == "loop":
        running = [one for one in row["clocks"] if one["state"] == "running" and one["due_ms"]]
        return min(
            (
                one["from_ms"] if one["warned"] else _last_tenth_ms(one["from_ms"], one["due_ms"])
                for one in running
            ),
            default=None,
        )
    return None if due_ms is None else _last_tenth_ms(row[BEGAN[kind]], due_ms)


def say_what_to_watch(apps: Any, schema: Any) -> None:
    model = apps.get_model("projections", "ListedView")
    open_ = model.objects.filter(kind__in=("loop", *BEGAN), open=True).order_by("id")
    # In hundreds of thousands of rows a statement for each is far quicker than Django's one for all.
    update = f"UPDATE {model._meta.db_table} SET risk_ms = %s, amiss = %s WHERE id = %s"
    last = ""
    while some := list(
        open_.filter(id__gt=last).values_list("id", "kind", "due_ms", "row")[:AT_ONCE]
    ):
        found = []
        for id_, kind, due_ms, text in some:
            row = json.loads(text)
            amiss = AMISS.get(kind, lambda _row: False)(row)
            found.append((_risk_ms(kind, due_ms, row), amiss, id_))
        with schema.connection.cursor() as cursor:
            cursor.executemany(update, found)
        last = some[-1][0]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projections", "0014_urgent_of_org")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="listedview", name="risk_ms", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="listedview", name="amiss", field=models.BooleanField(null=True)
        ),
        migrations.RunPython(say_what_to_watch, migrations.RunPython.noop),
    ]

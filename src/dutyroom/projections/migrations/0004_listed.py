"""One table for records that need none of their own; handovers move into it."""

import json

from django.db import migrations, models


def move(apps, schema_editor):
    listed = apps.get_model("projections", "ListedView").objects
    for id_, is_open, position, text in (
        apps.get_model("projections", "HandoverView")
        .objects.values_list("id", "open", "position", "row")
        .iterator()
    ):
        row = json.loads(text)
        listed.create(
            id=id_,
            kind="handover",
            open=is_open,
            state=row["state"],
            owner=row["to"],
            changed_at_ms=row["since_ms"],
            position=position,
            row=text,
        )


class Migration(migrations.Migration):
    dependencies = [("projections", "0003_crew")]

    operations = [
        migrations.CreateModel(
            name="ListedView",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("open", models.BooleanField()),
                ("state", models.CharField(max_length=20)),
                ("org", models.CharField(max_length=200)),
                ("team", models.CharField(max_length=40)),
                ("owner", models.CharField(max_length=200)),
                ("incident", models.CharField(max_length=36)),
                ("due_ms", models.BigIntegerField(null=True)),
                ("changed_at_ms", models.BigIntegerField()),
                ("position", models.BigIntegerField(db_index=True)),
                ("row", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "open", "changed_at_ms"], name="listed_open"),
                    models.Index(fields=["kind", "state", "changed_at_ms"], name="listed_state"),
                    models.Index(fields=["kind", "org", "open"], name="listed_org"),
                    models.Index(fields=["kind", "team", "open"], name="listed_team"),
                    models.Index(fields=["kind", "owner", "open"], name="listed_owner"),
                    models.Index(fields=["kind", "incident"], name="listed_incident"),
                    models.Index(fields=["kind", "due_ms"], name="listed_due"),
                ],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="HandoverView"),
    ]

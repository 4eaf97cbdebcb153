"""Who is on which unit, from the rows of units that are there already."""

import json

from django.db import migrations, models


def fill(apps, schema_editor):
    from dutyroom.projections import crews

    rows = apps.get_model("projections", "UnitView").objects.values_list("id", "row")
    with schema_editor.connection.cursor() as cursor:
        for unit, row in rows.iterator():
            crews.write(cursor, unit, json.loads(row)["crew"])


class Migration(migrations.Migration):
    dependencies = [("projections", "0002_positiondoubt")]

    operations = [
        migrations.CreateModel(
            name="CrewView",
            fields=[
                ("id", models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    )),
                ("unit", models.CharField(max_length=20)),
                ("person", models.CharField(db_index=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "person"), name="once_per_unit")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

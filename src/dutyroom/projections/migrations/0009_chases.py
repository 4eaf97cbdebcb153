"""Incidents with a chase that nobody has acknowledged yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0008_look")]

    operations = [
        migrations.CreateModel(
            name="ChaseView",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("waits", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waits", True)), fields=["id"], name="chase_waits"
                    )
                ],
            },
        ),
    ]

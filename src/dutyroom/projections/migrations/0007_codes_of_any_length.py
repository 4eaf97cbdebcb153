"""Codes and ids of zones as long as a pack may have them: PostgreSQL refused longer ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0006_on_board")]

    operations = [
        migrations.AlterField("incidentview", "zone", models.TextField()),
        migrations.AlterField("incidentview", "category", models.TextField()),
        migrations.AlterField("assignmentview", "override_reason", models.TextField(blank=True)),
        migrations.AlterField("assignmentview", "reason", models.TextField(blank=True)),
    ]

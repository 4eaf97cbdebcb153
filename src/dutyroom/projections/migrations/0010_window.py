"""What the board is chosen by, where more is open than it holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0009_chases")]

    operations = [
        migrations.AddField(
            model_name="incidentview", name="org", field=models.TextField(null=True)
        ),
        migrations.AddField(
            model_name="incidentview",
            name="progress",
            field=models.CharField(max_length=12, null=True),
        ),
        migrations.AddIndex(
            model_name="incidentview",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["progress", "changed_at_ms"],
                name="incident_at_work",
            ),
        ),
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["kind", "due_ms", "id"],
                name="listed_urgent",
            ),
        ),
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["kind", "changed_at_ms"],
                name="listed_fresh",
            ),
        ),
    ]

"""What is open in the order of its last change: what the board reads of all records ever made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0005_until")]

    operations = [
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(("open", True)), fields=["position"], name="listed_on_board"
            ),
        ),
    ]

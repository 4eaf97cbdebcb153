"""How many records of a kind are open is counted by an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0011_watched")]

    operations = [
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                fields=["kind", "until_ms"],
                condition=models.Q(open=True),
                name="listed_open_until",
            ),
        ),
    ]

"""When the keeper must look at the clocks of a record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0007_codes_of_any_length")]

    operations = [
        migrations.AddField("listedview", "look_ms", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(("look_ms__isnull", False)),
                fields=["look_ms"],
                name="listed_look",
            ),
        ),
    ]

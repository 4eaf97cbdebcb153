"""When an open record ends by itself: then it leaves the lists of what is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0004_listed")]

    operations = [
        migrations.AddField(
            model_name="listedview",
            name="until_ms",
            field=models.BigIntegerField(null=True),
        ),
    ]

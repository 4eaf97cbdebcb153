"""What is open of an organisation and below it is found by an index, also where all kinds are asked
for. It takes the place of one that went by the kind first, and by the organisation alone.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0012_open_until")]

    operations = [
        migrations.RemoveIndex(model_name="listedview", name="listed_org"),
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(open=True),
                fields=["org"],
                name="listed_of_org",
                opclasses=["text_pattern_ops"],
            ),
        ),
    ]

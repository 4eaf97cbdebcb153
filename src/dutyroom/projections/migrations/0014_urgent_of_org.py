"""What is most urgent at an organisation is read in the order of an index; counted, and sorted by
its last change, by it alone. The one of before found the rows, but was seldom taken: they lie apart.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projections", "0013_open_by_org")]

    operations = [
        migrations.RemoveIndex(model_name="listedview", name="listed_of_org"),
        migrations.AddIndex(
            model_name="listedview",
            index=models.Index(
                condition=models.Q(open=True),
                fields=["org", "kind", "due_ms", "id"],
                include=["until_ms", "changed_at_ms"],
                name="listed_urgent_of",
                opclasses=["text_pattern_ops", "", "", ""],
            ),
        ),
    ]

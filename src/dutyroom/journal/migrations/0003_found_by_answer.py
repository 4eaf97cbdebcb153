"""An entry is found by its action's answer, which says at which positions: each entry cost a page of
an index that nothing but `verify` looked at."""

from django.db import migrations, models

INDEX = "journal_journalentry_action_1cc00265"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_lease")]

    operations = [
        migrations.SeparateDatabaseAndState(
            # Not by altering the column: SQLite would make the table anew.
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {INDEX}",
                    f"CREATE INDEX {INDEX} ON journal_journalentry (action)",
                ),
                migrations.RunSQL(f"DROP INDEX IF EXISTS {INDEX}_like", migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.AlterField("journalentry", "action", models.CharField(max_length=36)),
            ],
        ),
    ]

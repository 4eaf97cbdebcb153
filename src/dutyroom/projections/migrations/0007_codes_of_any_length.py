"""Codes and ids of zones as long as a pack may have them: PostgreSQL refused longer ones."""

from typing import Any

from django.db import migrations, models


class Lengthen(migrations.AlterField):
    """SQLite keeps texts of any length in its columns as they are; there the table would be made
    anew for nothing, with its columns in another order."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_backwards(app_label, schema_editor, *states)


class Migration(migrations.Migration):
    dependencies = [("projections", "0006_on_board")]

    operations = [
        Lengthen("incidentview", "zone", models.TextField()),
        Lengthen("incidentview", "category", models.TextField()),
        Lengthen("assignmentview", "override_reason", models.TextField(blank=True)),
        Lengthen("assignmentview", "reason", models.TextField(blank=True)),
    ]

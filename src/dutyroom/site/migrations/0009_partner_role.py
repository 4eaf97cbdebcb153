from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0008_desk_specialist'),
    ]

    operations = [
        migrations.AlterField(
            model_name='member',
            name='role',
            field=models.CharField(choices=[('call_taker', 'call_taker'), ('dispatcher', 'dispatcher'), ('supervisor', 'supervisor'), ('field_officer', 'field_officer'), ('auditor', 'auditor'), ('trainer', 'trainer'), ('planner', 'planner'), ('station_command', 'station_command'), ('station_officer', 'station_officer'), ('desk_specialist', 'desk_specialist'), ('partner', 'partner'), ('gateway', 'gateway')], max_length=20),
        ),
    ]

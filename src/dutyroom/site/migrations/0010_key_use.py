from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0009_partner_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyUse',
            fields=[
                ('key', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('full_ms', models.BigIntegerField()),
            ],
        ),
    ]

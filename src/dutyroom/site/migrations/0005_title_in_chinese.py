from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0004_sessions_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='title_zh',
            field=models.CharField(default='', max_length=80),
        ),
    ]

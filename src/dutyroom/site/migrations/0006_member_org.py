from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0005_title_in_chinese'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='org',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
    ]

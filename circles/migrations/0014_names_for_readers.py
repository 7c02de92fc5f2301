"""What readers of the admin and of merged entries call these; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0013_rules_of_corrections'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='circle',
            options={'verbose_name': 'innovation circle', 'verbose_name_plural': 'innovation circles'},
        ),
    ]

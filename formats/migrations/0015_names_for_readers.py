"""What readers of the admin and of merged entries call these; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('formats', '0014_rules_of_learning'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='actionfield',
            options={'verbose_name': 'field of action', 'verbose_name_plural': 'fields of action'},
        ),
        migrations.AlterModelOptions(
            name='body',
            options={'verbose_name': 'body', 'verbose_name_plural': 'bodies'},
        ),
        migrations.AlterModelOptions(
            name='knowledgegiver',
            options={'ordering': ['pk'], 'verbose_name': 'knowledge giver', 'verbose_name_plural': 'knowledge givers'},
        ),
        migrations.AlterModelOptions(
            name='learningnetwork',
            options={'ordering': ['slug'], 'verbose_name': 'learning network', 'verbose_name_plural': 'learning networks'},
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'verbose_name': 'membership', 'verbose_name_plural': 'memberships'},
        ),
    ]

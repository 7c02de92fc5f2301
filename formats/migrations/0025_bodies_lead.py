"""Sessions of a body may have their pages in an upper app."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('formats', '0024_threads'),
    ]

    operations = [
        migrations.AddField(
            model_name='body',
            name='leads_to',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('leads_to', ''), ('leads_to__regex', '^/[^/\\\\].*/$'), _connector='OR'), name='body_leads_nowhere_else'),
        ),
    ]

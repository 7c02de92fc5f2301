"""Comments and suggested changes beside each paragraph, and what became of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('texts', '0002_revisions_for_ever'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=64)),
                ('based_on', models.PositiveIntegerField()),
                ('words', models.JSONField()),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('suggested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('told_at', models.DateTimeField(null=True)),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='texts.paragraph')),
                ('suggested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SuggestionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestion_answer', to='texts.revision')),
                ('suggestion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='texts.suggestion')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=64)),
                ('is_internal', models.BooleanField(default=False)),
                ('text', models.TextField(max_length=2000)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('told_at', models.DateTimeField(null=True)),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='texts.paragraph')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'), models.CheckConstraint(condition=models.Q(('side', ''), _negated=True), name='comment_has_a_side'), models.CheckConstraint(condition=models.Q(('is_internal', False), ('told_at', None), _connector='OR'), name='comment_internal_untold')],
            },
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('words', {}), _negated=True), name='suggestion_has_words'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('side', ''), _negated=True), name='suggestion_has_a_side'),
        ),
        migrations.AddConstraint(
            model_name='suggestionanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'accepted'), ('revision__isnull', False)), models.Q(models.Q(('outcome', 'accepted'), _negated=True), ('revision', None)), _connector='OR'), name='accepted_suggestion_has_revision'),
        ),
        migrations.AddConstraint(
            model_name='suggestionanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declined_suggestion_has_reason'),
        ),
        AppendOnly("Comment", except_columns=("told_at",)),
        AppendOnly("Suggestion", except_columns=("told_at",)),
        AppendOnly("SuggestionAnswer"),
    ]

import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0027_proposals'),
        ('formats', '0023_event_invitations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CircleRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quorum', models.PositiveSmallIntegerField()),
                ('rounds_before_vote', models.PositiveSmallIntegerField()),
                ('voting_days', models.PositiveSmallIntegerField()),
                ('statement_days', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ConsentPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['round', 'term__seat__number'],
            },
        ),
        migrations.CreateModel(
            name='ConsentRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('wording', models.TextField(max_length=10000)),
                ('integration', models.TextField(blank=True, max_length=3000)),
                ('phase', models.CharField(choices=[('questions', 'questions'), ('first', 'first opinions'), ('second', 'second opinions'), ('consent', 'voices'), ('closed', 'closed')], default='questions', max_length=10)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('first_at', models.DateTimeField(blank=True, null=True)),
                ('second_at', models.DateTimeField(blank=True, null=True)),
                ('consent_at', models.DateTimeField(blank=True, null=True)),
                ('consent_until', models.DateTimeField(blank=True, null=True)),
                ('quorum', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('consents', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('concerns', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('objections', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('absent', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['decision', 'n'],
            },
        ),
        migrations.CreateModel(
            name='ConsentVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('consent', 'consent'), ('concern', 'consent with a concern'), ('objection', 'serious objection'), ('absent', 'absent')], max_length=10)),
                ('concern', models.TextField(blank=True, max_length=2000)),
                ('harm', models.TextField(blank=True, max_length=2000)),
                ('lift', models.TextField(blank=True, max_length=2000)),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['place', 'n'],
            },
        ),
        migrations.CreateModel(
            name='MajorityVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('moved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('rounds_held', models.PositiveSmallIntegerField()),
                ('rounds_needed', models.PositiveSmallIntegerField()),
                ('quorum', models.PositiveSmallIntegerField()),
                ('voting_days', models.PositiveSmallIntegerField()),
                ('statement_days', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('moved', 'moved'), ('open', 'open'), ('decided', 'decided'), ('void', 'void: too few ballots'), ('dropped', 'taken back')], default='moved', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('statements_until', models.DateTimeField(blank=True, null=True)),
                ('yes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('no', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('abstain', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['decision', 'n'],
            },
        ),
        migrations.CreateModel(
            name='MinorityStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=3000)),
                ('with_name', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Utterance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('questions', 'question'), ('first', 'first opinion'), ('second', 'second opinion')], max_length=10)),
                ('text', models.TextField(max_length=3000)),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['round', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VotePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['vote', 'term__seat__number'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='begun_member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.seatterm'),
        ),
        migrations.AddField(
            model_name='decision',
            name='facilitator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.seatterm'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('n__gt', 1), ('kind', 'rules'), _connector='OR'), name='decision_rules_come_first'),
        ),
        migrations.AddField(
            model_name='consentplace',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consent_places', to='circles.seatterm'),
        ),
        migrations.AddField(
            model_name='consentround',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='circles.decision'),
        ),
        migrations.AddField(
            model_name='consentround',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.proposalversion'),
        ),
        migrations.AddField(
            model_name='consentplace',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='circles.consentround'),
        ),
        migrations.AddField(
            model_name='circlerules',
            name='round',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='circles.consentround'),
        ),
        migrations.AddField(
            model_name='consentvoice',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='circles.consentvoice'),
        ),
        migrations.AddField(
            model_name='consentvoice',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consentvoice',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='circles.consentplace'),
        ),
        migrations.AddField(
            model_name='majorityvote',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='circles.decision'),
        ),
        migrations.AddField(
            model_name='majorityvote',
            name='moved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circles.seatterm'),
        ),
        migrations.AddField(
            model_name='majorityvote',
            name='poll',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='majority_vote', to='formats.poll'),
        ),
        migrations.AddField(
            model_name='utterance',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='circles.utterance'),
        ),
        migrations.AddField(
            model_name='utterance',
            name='host',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='utterance',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='utterances', to='circles.consentround'),
        ),
        migrations.AddField(
            model_name='utterance',
            name='term',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='utterances', to='circles.seatterm'),
        ),
        migrations.AddField(
            model_name='voteplace',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vote_places', to='circles.seatterm'),
        ),
        migrations.AddField(
            model_name='voteplace',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='circles.majorityvote'),
        ),
        migrations.AddField(
            model_name='voteplace',
            name='voter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vote_place', to='formats.voter'),
        ),
        migrations.AddField(
            model_name='minoritystatement',
            name='place',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='circles.voteplace'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.UniqueConstraint(fields=('decision', 'n'), name='consent_round_number_once'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.UniqueConstraint(condition=models.Q(('phase', 'closed'), _negated=True), fields=('decision',), name='consent_round_one_open'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent_at', None), ('first_at', None), ('phase', 'questions'), ('second_at', None)), models.Q(('consent_at', None), ('first_at__isnull', False), ('phase', 'first'), ('second_at', None)), models.Q(('consent_at', None), ('phase', 'second'), ('second_at__isnull', False)), models.Q(('consent_at__isnull', False), ('phase', 'consent'), ('second_at__isnull', False)), ('phase', 'closed'), _connector='OR'), name='consent_round_phase_has_time'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('phase', 'closed')), models.Q(models.Q(('phase', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='consent_round_closed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent_at', None), ('consent_until', None), ('quorum', None)), models.Q(('consent_until__gt', models.F('consent_at')), ('quorum__gte', 1)), _connector='OR'), name='consent_round_asks_until'),
        ),
        migrations.AddConstraint(
            model_name='consentround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('absent__isnull', False), ('concerns__isnull', False), ('consent_at__isnull', False), ('consents__isnull', False), ('objections__isnull', False), ('phase', 'closed')), models.Q(models.Q(models.Q(('phase', 'closed'), _negated=True), ('consent_at', None), _connector='OR'), ('absent', None), ('concerns', None), ('consents', None), ('objections', None)), _connector='OR'), name='consent_round_is_counted'),
        ),
        migrations.AddConstraint(
            model_name='consentplace',
            constraint=models.UniqueConstraint(fields=('round', 'term'), name='consent_place_once'),
        ),
        migrations.AddConstraint(
            model_name='circlerules',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__gte', 5), ('quorum__lte', 15)), name='circle_rules_quorum'),
        ),
        migrations.AddConstraint(
            model_name='circlerules',
            constraint=models.CheckConstraint(condition=models.Q(('rounds_before_vote__gte', 1), ('rounds_before_vote__lte', 9)), name='circle_rules_consent_first'),
        ),
        migrations.AddConstraint(
            model_name='circlerules',
            constraint=models.CheckConstraint(condition=models.Q(('voting_days__gte', 1), ('voting_days__lte', 60), ('statement_days__gte', 1), ('statement_days__lte', 60)), name='circle_rules_days'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.UniqueConstraint(fields=('place', 'n'), name='consent_voice_number_once'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'objection'), _negated=True), models.Q(('harm__regex', '\\S'), ('lift__regex', '\\S')), _connector='OR'), name='consent_objection_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'concern'), _negated=True), ('concern__regex', '\\S'), _connector='OR'), name='consent_concern_in_words'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'objection'), models.Q(('harm', ''), ('lift', '')), _connector='OR'), models.Q(('kind', 'concern'), ('concern', ''), _connector='OR')), name='consent_words_fit_the_voice'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.CheckConstraint(condition=models.Q(('carried_from', None), models.Q(('kind', 'objection'), ('n', 1), ('noted_by', None)), _connector='OR'), name='consent_only_objections_are_carried'),
        ),
        migrations.AddConstraint(
            model_name='consentvoice',
            constraint=models.CheckConstraint(condition=models.Q(('noted_by', None), models.Q(('kind', 'absent'), _negated=True), _connector='OR'), name='consent_absent_by_oneself'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.UniqueConstraint(fields=('decision', 'n'), name='majority_vote_number_once'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['moved', 'open'])), fields=('decision',), name='majority_vote_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(('rounds_held__gte', models.F('rounds_needed')), ('rounds_needed__gte', 1)), name='majority_vote_consent_first'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__gte', 1), ('statement_days__gte', 1), ('voting_days__gte', 1)), name='majority_vote_has_rules'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('opened_at', None), ('state', 'moved')), models.Q(('ended_at', None), ('opened_at__isnull', False), ('state', 'open')), models.Q(('ended_at__isnull', False), ('opened_at', None), ('state', 'dropped')), models.Q(('ended_at__isnull', False), ('opened_at__isnull', False), ('state__in', ['decided', 'void'])), _connector='OR'), name='majority_vote_state_has_time'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('abstain__isnull', False), ('no__isnull', False), ('state__in', ['decided', 'void']), ('yes__isnull', False)), models.Q(models.Q(('state__in', ['decided', 'void']), _negated=True), ('abstain', None), ('no', None), ('yes', None)), _connector='OR'), name='majority_vote_is_counted'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['decided', 'void']), _negated=True), models.Q(('quorum__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('yes'), '+', models.F('no')), '+', models.F('abstain'))), ('state', 'decided')), models.Q(('quorum__gt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('yes'), '+', models.F('no')), '+', models.F('abstain'))), ('state', 'void')), _connector='OR'), name='majority_vote_void_without_quorum'),
        ),
        migrations.AddConstraint(
            model_name='majorityvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), ('statements_until__gt', models.F('ended_at'))), models.Q(models.Q(('state', 'decided'), _negated=True), ('statements_until', None)), _connector='OR'), name='majority_vote_statements_until'),
        ),
        migrations.AddConstraint(
            model_name='utterance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('host', None), ('term__isnull', False)), models.Q(('host__isnull', False), ('term', None)), _connector='OR'), name='utterance_by_one'),
        ),
        migrations.AddConstraint(
            model_name='utterance',
            constraint=models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='utterance_has_words'),
        ),
        migrations.AddConstraint(
            model_name='utterance',
            constraint=models.CheckConstraint(condition=models.Q(('answers', None), ('step', 'questions'), _connector='OR'), name='utterance_answers_a_question'),
        ),
        migrations.AddConstraint(
            model_name='voteplace',
            constraint=models.UniqueConstraint(fields=('vote', 'term'), name='vote_place_once'),
        ),
        migrations.AddConstraint(
            model_name='minoritystatement',
            constraint=models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='minority_statement_has_words'),
        ),
    ]

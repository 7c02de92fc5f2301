"""Trials in quarantine, drafts of forms, applications that look alike, and what searches compare."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

QUARANTINE = """
CREATE OR REPLACE FUNCTION circles_no_trial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call WHERE id = NEW.call_id AND is_trial) THEN
    RAISE EXCEPTION 'no-trial: % takes nothing from a trial', TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER draw_of_no_trial BEFORE INSERT OR UPDATE ON circles_draw
  FOR EACH ROW EXECUTE FUNCTION circles_no_trial();
CREATE TRIGGER extension_of_no_trial BEFORE INSERT OR UPDATE ON circles_extension
  FOR EACH ROW EXECUTE FUNCTION circles_no_trial();

CREATE OR REPLACE FUNCTION circles_agenda_without_trials() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_type = 'circles.call' AND EXISTS (
    SELECT 1 FROM circles_call WHERE id::text = NEW.subject_id AND is_trial) THEN
    RAISE EXCEPTION 'no-trial: the agenda takes nothing from a trial'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agenda_without_trials BEFORE INSERT OR UPDATE ON formats_agendaitem
  FOR EACH ROW EXECUTE FUNCTION circles_agenda_without_trials();

CREATE OR REPLACE FUNCTION circles_stays_what_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'circles_call' THEN
    IF (to_jsonb(NEW) -> 'is_trial') IS DISTINCT FROM (to_jsonb(OLD) -> 'is_trial') THEN
      RAISE EXCEPTION 'stays: a trial never becomes a call, nor a call a trial'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF (to_jsonb(NEW) -> 'call_id') IS DISTINCT FROM (to_jsonb(OLD) -> 'call_id') THEN
    RAISE EXCEPTION 'stays: an application stays in its call' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER call_stays BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_stays_what_it_is();
CREATE TRIGGER application_stays BEFORE UPDATE OF call_id ON circles_application
  FOR EACH ROW EXECUTE FUNCTION circles_stays_what_it_is();
"""

NO_QUARANTINE = """
DROP TRIGGER application_stays ON circles_application;
DROP TRIGGER call_stays ON circles_call;
DROP FUNCTION circles_stays_what_it_is();
DROP TRIGGER agenda_without_trials ON formats_agendaitem;
DROP FUNCTION circles_agenda_without_trials();
DROP TRIGGER extension_of_no_trial ON circles_extension;
DROP TRIGGER draw_of_no_trial ON circles_draw;
DROP FUNCTION circles_no_trial();
"""

# What is append-only or fixed in a call may go together with a trial.
TRIALS_GO = """
CREATE OR REPLACE FUNCTION circles_in_trial(application bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM circles_application a JOIN circles_call c ON c.id = a.call_id
                 WHERE a.id = application AND c.is_trial)
$$;
DROP TRIGGER circles_review_append_only ON circles_review;
CREATE TRIGGER circles_review_append_only BEFORE UPDATE ON circles_review
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
CREATE TRIGGER circles_review_kept BEFORE DELETE ON circles_review
  FOR EACH ROW WHEN (NOT circles_in_trial(OLD.application_id))
  EXECUTE FUNCTION stadtbruecke_append_only();
DROP TRIGGER circles_recusal_append_only ON circles_recusal;
CREATE TRIGGER circles_recusal_append_only BEFORE UPDATE ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
CREATE TRIGGER circles_recusal_kept BEFORE DELETE ON circles_recusal
  FOR EACH ROW WHEN (NOT circles_in_trial(OLD.application_id))
  EXECUTE FUNCTION stadtbruecke_append_only();

CREATE OR REPLACE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call
             WHERE id IN (OLD.call_id, NEW.call_id) AND state <> 'draft'
               AND NOT (is_trial AND TG_OP = 'DELETE')) THEN
    RAISE EXCEPTION 'fixed-criteria: criteria are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE FUNCTION circles_fixed_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call c JOIN circles_quotaattribute a ON a.call_id = c.id
             WHERE a.id IN (OLD.attribute_id, NEW.attribute_id) AND c.state <> 'draft'
               AND NOT (c.is_trial AND TG_OP = 'DELETE')) THEN
    RAISE EXCEPTION 'fixed-quotas: quotas are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
"""

TRIALS_STAY = """
CREATE OR REPLACE FUNCTION circles_fixed_quotas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call c JOIN circles_quotaattribute a ON a.call_id = c.id
             WHERE a.id IN (OLD.attribute_id, NEW.attribute_id) AND c.state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-quotas: quotas are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION circles_fixed_criteria() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM circles_call
             WHERE id IN (OLD.call_id, NEW.call_id) AND state <> 'draft') THEN
    RAISE EXCEPTION 'fixed-criteria: criteria are fixed once the call is open'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
DROP TRIGGER circles_recusal_kept ON circles_recusal;
DROP TRIGGER circles_recusal_append_only ON circles_recusal;
CREATE TRIGGER circles_recusal_append_only BEFORE UPDATE OR DELETE ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
DROP TRIGGER circles_review_kept ON circles_review;
DROP TRIGGER circles_review_append_only ON circles_review;
CREATE TRIGGER circles_review_append_only BEFORE UPDATE OR DELETE ON circles_review
  FOR EACH ROW EXECUTE FUNCTION stadtbruecke_append_only();
DROP FUNCTION circles_in_trial(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0006_rules_of_seats'),
        ('formats', '0001_first'),
        ('partnerships', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('typed', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('mailed_to', models.CharField(blank=True, max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('same_name', models.BooleanField()),
                ('same_phone', models.BooleanField()),
                ('same_mailbox', models.BooleanField()),
                ('is_same', models.BooleanField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'likenesses',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='file_reference',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='application',
            name='looked_for',
            field=models.CharField(blank=True, max_length=700),
        ),
        migrations.AddField(
            model_name='application',
            name='name_key',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='application',
            name='phone_key',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='application',
            name='postal_address',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='application',
            name='reached_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications_by_mailbox', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='application',
            name='way',
            field=models.CharField(choices=[('online', 'online'), ('letter', 'by letter'), ('phone', 'by telephone'), ('desk', 'in person')], default='online', max_length=6),
        ),
        migrations.AddField(
            model_name='call',
            name='is_trial',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'submitted_at', 'id'], name='application_in_order'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'name_key'], name='application_by_name'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('phone_key', ''), _negated=True), fields=['call', 'phone_key'], name='application_by_phone'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=django.contrib.postgres.indexes.GinIndex(fields=['looked_for'], name='application_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state__in', ['withdrawn', 'unconfirmed']), _negated=True), ('erased_at', None), ('reached_by__isnull', False)), fields=('call', 'reached_by'), name='application_two_per_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('way', 'online'), ('identity__startswith', 'ref:'), ('identity', ''), _connector='OR'), name='application_paper_by_reference'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('draw_id__startswith', 'probe-'), ('is_trial', True)), models.Q(('is_trial', False), models.Q(('draw_id__startswith', 'probe-'), _negated=True)), _connector='OR'), name='call_trial_by_name'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('is_trial', False), ('state__in', ['draft', 'open']), _connector='OR'), name='call_trial_ends_before_the_pool'),
        ),
        migrations.AddField(
            model_name='draft',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='circles.call'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='likeness',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likenesses', to='circles.application'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='like_before', to='circles.application'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['saved_at'], name='draft_by_age'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='likeness_once'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='likeness_in_order'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('same_name', True), ('same_phone', True), ('same_mailbox', True), _connector='OR'), name='likeness_has_a_sign'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_same', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_same__isnull', False)), _connector='OR'), name='likeness_decided_by_somebody'),
        ),
        migrations.RunSQL(QUARANTINE, NO_QUARANTINE),
        migrations.RunSQL(TRIALS_GO, TRIALS_STAY),
    ]

"""Questions to applicants; and whoever is biased about one stays out of its finding."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly

BIASED_STAY_OUT = """
CREATE OR REPLACE FUNCTION circles_biased_stay_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Findings and declarations about one application come one after the other.
  PERFORM 1 FROM circles_application WHERE id = NEW.application_id FOR UPDATE;
  IF TG_TABLE_NAME = 'circles_review' THEN
    IF EXISTS (SELECT 1 FROM circles_recusal
               WHERE application_id = NEW.application_id AND person_id = NEW.reviewer_id) THEN
      RAISE EXCEPTION 'biased-stay-out: this person has declared a conflict of interest'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF EXISTS (SELECT 1 FROM circles_review
                WHERE application_id = NEW.application_id AND reviewer_id = NEW.person_id) THEN
    RAISE EXCEPTION 'biased-stay-out: a finding of this person stands already'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER biased_stay_out BEFORE INSERT ON circles_review
  FOR EACH ROW EXECUTE FUNCTION circles_biased_stay_out();
CREATE TRIGGER biased_stay_out BEFORE INSERT ON circles_recusal
  FOR EACH ROW EXECUTE FUNCTION circles_biased_stay_out();
"""
UNDO = """
DROP TRIGGER biased_stay_out ON circles_recusal;
DROP TRIGGER biased_stay_out ON circles_review;
DROP FUNCTION circles_biased_stay_out();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0010_extensions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(blank=True, max_length=1000)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='circles.application')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None), ('closed_at', None)), fields=('application',), name='inquiry_one_open'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='inquiry_due_later'), models.CheckConstraint(condition=models.Q(('answer', ''), ('answered_at__isnull', False), _connector='OR'), name='inquiry_answer_has_time')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='circles.application')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'person'), name='recusal_once')],
            },
        ),
        AppendOnly("Recusal"),
        migrations.RunSQL(BIASED_STAY_OUT, UNDO),
    ]

"""Two people withdraw a closed pool or bring a ticket back; without them neither happens."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.triggers import AppendOnly


RULES = """
CREATE FUNCTION circles_motion_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.carried_at IS NOT NULL OR OLD.taken_back_at IS NOT NULL THEN
    RAISE EXCEPTION 'append-only: a decided motion takes no UPDATE'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER motion_stays BEFORE UPDATE ON circles_drawmotion
  FOR EACH ROW EXECUTE FUNCTION circles_motion_stays();

CREATE FUNCTION circles_back_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'reinstated' AND NOT EXISTS (
     SELECT 1 FROM circles_drawmotion m JOIN circles_application a ON a.id = m.application_id
     WHERE m.draw_id = NEW.draw_id AND m.carried_at IS NOT NULL AND a.ticket = NEW.ticket) THEN
    RAISE EXCEPTION 'motion-carried: two people bring a ticket back'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER back_by_two BEFORE INSERT ON circles_drawevent
  FOR EACH ROW EXECUTE FUNCTION circles_back_by_two();

CREATE FUNCTION circles_withdrawn_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'frozen' AND NEW.state = 'withdrawn' AND NOT EXISTS (
     SELECT 1 FROM circles_drawmotion m JOIN circles_draw draw ON draw.id = m.draw_id
     WHERE draw.call_id = NEW.id AND m.kind = 'withdraw' AND m.carried_at IS NOT NULL) THEN
    RAISE EXCEPTION 'motion-carried: two people withdraw a closed pool'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawn_by_two BEFORE UPDATE ON circles_call
  FOR EACH ROW EXECUTE FUNCTION circles_withdrawn_by_two();
"""
NO_RULES = """
DROP TRIGGER withdrawn_by_two ON circles_call;
DROP FUNCTION circles_withdrawn_by_two();
DROP TRIGGER back_by_two ON circles_drawevent;
DROP FUNCTION circles_back_by_two();
DROP TRIGGER motion_stays ON circles_drawmotion;
DROP FUNCTION circles_motion_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("circles", "0017_paper_by_two"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DrawMotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('withdraw', 'withdraw the closed pool'), ('reinstate', 'bring a ticket back')], max_length=9)),
                ('reason', models.CharField(max_length=500)),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('carried_at', models.DateTimeField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='circles.application')),
                ('carried_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='circles.draw')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('carried_at', None), ('taken_back_at', None)), fields=('draw',), name='motion_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('kind', 'withdraw')), models.Q(('application__isnull', False), ('kind', 'reinstate')), _connector='OR'), name='motion_about_a_ticket_or_the_pool'), models.CheckConstraint(condition=models.Q(models.Q(('carried_at', None), ('carried_by', None)), models.Q(('carried_at__isnull', False), ('carried_by__isnull', False), ('taken_back_at', None), models.Q(('carried_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='motion_two_people')],
            },
        ),
        AppendOnly(
            "DrawMotion", except_columns=("carried_by_id", "carried_at", "taken_back_at")
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]

"""Results: forms of publication, measures with their steps, answers, and who may settle one."""

import django.db.models.deletion
import django.db.models.functions.datetime
import foundation.languages
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables
from foundation.triggers import AppendOnly, GuardState

# A circle ends its order with a proposal that it adopted, and the order moves only with that.
FINALISED = """
CREATE FUNCTION circles_finalised_by_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM circles_decision d JOIN circles_circle c ON c.id = d.circle_id
    WHERE d.id = NEW.decision_id AND c.work_order_id = NEW.work_order_id
      AND d.kind = 'proposal' AND d.state = 'adopted') THEN
    RAISE EXCEPTION 'finalised-by-decision: no adopted proposal of the circle of this order'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER circles_finalised_by_decision BEFORE INSERT ON circles_finalisation
  FOR EACH ROW EXECUTE FUNCTION circles_finalised_by_decision();
CREATE FUNCTION circles_order_moves_with_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'finalised' AND NEW.addressee = 'circle' AND NOT EXISTS (
    SELECT 1 FROM circles_finalisation f WHERE f.work_order_id = NEW.id) THEN
    RAISE EXCEPTION 'order-with-decision: a circle finalises with an adopted decision'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'published' AND NOT EXISTS (
    SELECT 1 FROM circles_result r WHERE r.work_order_id = NEW.id AND r.state = 'published') THEN
    RAISE EXCEPTION 'order-with-result: an order is published together with its result'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER circles_order_moves_with_result AFTER UPDATE OF state
  ON formats_workorder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IN ('finalised', 'published') AND OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION circles_order_moves_with_result();
"""

NOT_FINALISED = """
DROP TRIGGER circles_order_moves_with_result ON formats_workorder;
DROP FUNCTION circles_order_moves_with_result;
DROP TRIGGER circles_finalised_by_decision ON circles_finalisation;
DROP FUNCTION circles_finalised_by_decision;
"""

# Who ever sat in the circle neither publishes nor withholds; nothing before the D.I.V. saw it.
SETTLED = """
CREATE FUNCTION circles_result_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = 'published' THEN
    RAISE EXCEPTION 'result-is-public: a published result stays as it is'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.decision_id IS DISTINCT FROM (
    SELECT f.decision_id FROM circles_finalisation f WHERE f.work_order_id = NEW.work_order_id) THEN
    RAISE EXCEPTION 'result-of-decision: not the decision that the order was finalised with'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('published', 'withheld') AND (
    EXISTS (
      SELECT 1 FROM circles_seatterm t
      JOIN circles_seat s ON s.id = t.seat_id JOIN circles_circle c ON c.id = s.circle_id
      WHERE c.work_order_id = NEW.work_order_id AND t.person_id = NEW.settled_by_id)
    OR EXISTS (
      SELECT 1 FROM circles_seat s JOIN circles_circle c ON c.id = s.circle_id
      LEFT JOIN circles_application a ON a.user_id = s.holder_id
      WHERE c.work_order_id = NEW.work_order_id
        AND NEW.settled_by_id IN (s.holder_id, a.reached_by_id))) THEN
    RAISE EXCEPTION 'result-not-by-member: a circle does not settle its own result'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER circles_result_settled BEFORE INSERT OR UPDATE OR DELETE ON circles_result
  FOR EACH ROW EXECUTE FUNCTION circles_result_settled();
CREATE FUNCTION circles_result_after_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM formats_workorder w WHERE w.id = NEW.work_order_id
      AND w.presented_in_id IS NOT NULL AND w.state IN ('published', 'closed')) THEN
    RAISE EXCEPTION 'result-after-session: a result is published after its presentation'
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM circles_measure m WHERE m.result_id = NEW.id AND m.state = 'unsaid') THEN
    RAISE EXCEPTION 'result-says-further-use: a measure has no statement on its further use'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER circles_result_after_order AFTER INSERT OR UPDATE OF state
  ON circles_result DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'published') EXECUTE FUNCTION circles_result_after_order();
"""

NOT_SETTLED = """
DROP TRIGGER circles_result_after_order ON circles_result;
DROP FUNCTION circles_result_after_order;
DROP TRIGGER circles_result_settled ON circles_result;
DROP FUNCTION circles_result_settled;
"""

# What a measure is stays once its result is public; how it is used further goes on. And an answer
# belongs to a public result, one after another, none after the last one.
KEPT = """
CREATE FUNCTION circles_measure_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM circles_result r WHERE r.id = OLD.result_id AND r.state = 'published') THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{state,due_on,reason}'::text[]
      = to_jsonb(OLD) - '{state,due_on,reason}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'measure-is-public: a measure of a published result stays'
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER circles_measure_kept BEFORE UPDATE OR DELETE ON circles_measure
  FOR EACH ROW EXECUTE FUNCTION circles_measure_kept();
CREATE FUNCTION circles_answer_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM circles_result r
    WHERE r.id = NEW.result_id AND r.state = 'published' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'answer-in-turn: this result is not published'
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM circles_resultanswer a WHERE a.result_id = NEW.result_id
      AND (a.next_due_on IS NULL OR a.n >= NEW.n)) THEN
    RAISE EXCEPTION 'answer-in-turn: the last answer has been given'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER circles_answer_in_turn BEFORE INSERT ON circles_resultanswer
  FOR EACH ROW EXECUTE FUNCTION circles_answer_in_turn();
"""

NOT_KEPT = """
DROP TRIGGER circles_answer_in_turn ON circles_resultanswer;
DROP FUNCTION circles_answer_in_turn;
DROP TRIGGER circles_measure_kept ON circles_measure;
DROP FUNCTION circles_measure_kept;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0030_rules_of_majorities"),
        ("documents", "0002_bytes_for_ever"),
        ("formats", "0023_event_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Finalisation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("done_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("decision", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="finalisation", to="circles.decision")),
                    ("done_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("work_order", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="finalisation", to="formats.workorder")),
                ],
            ),
            migrations.CreateModel(
                name="Measure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("title", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("description", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("responsible", models.CharField(max_length=200)),
                    ("due_on", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("unsaid", "not said yet"),
                                ("adopted", "adopted as is"),
                                ("planned", "planned"),
                                ("in_progress", "being done"),
                                ("done", "done"),
                                ("rejected", "not taken up"),
                            ],
                            default="unsaid",
                            max_length=12,
                        ),
                    ),
                    ("reason", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("result", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="circles.result")),
                ],
                options={
                    "ordering": ["result", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("result", "n"), name="measure_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("title", {}), _negated=True), models.Q(("responsible", ""), _negated=True)), name="measure_has_words"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "rejected"), models.Q(("reason", {}), _negated=True)),
                                models.Q(models.Q(("state", "rejected"), _negated=True), ("reason", {})),
                                _connector="OR",
                            ),
                            name="measure_rejected_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MeasureStep",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "further_use",
                        models.CharField(
                            choices=[
                                ("unsaid", "not said yet"),
                                ("adopted", "adopted as is"),
                                ("planned", "planned"),
                                ("in_progress", "being done"),
                                ("done", "done"),
                                ("rejected", "not taken up"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("due_on", models.DateField()),
                    ("note", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("measure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="circles.measure")),
                ],
                options={"ordering": ["measure", "pk"]},
            ),
            migrations.CreateModel(
                name="ResultAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("text", foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)),
                    ("given_on", models.DateField()),
                    ("owed_on", models.DateField()),
                    ("next_due_on", models.DateField(blank=True, null=True)),
                    ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("given_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("result", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="circles.result")),
                ],
                options={
                    "ordering": ["result", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("result", "n"), name="result_answer_once"),
                        models.CheckConstraint(condition=models.Q(("text", {}), _negated=True), name="result_answer_has_words"),
                        models.CheckConstraint(
                            condition=models.Q(("next_due_on", None), ("next_due_on__gt", models.F("given_on")), _connector="OR"),
                            name="result_answer_next_is_later",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="YearReport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField()),
                    ("digest", models.CharField(max_length=64)),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                ],
                options={"ordering": ["-made_at", "-pk"], "constraints": [models.UniqueConstraint(fields=("year", "digest"), name="year_report_once")]},
            ),
            migrations.AddField(
                model_name="result",
                name="event",
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="results", to="formats.event"),
            ),
            migrations.AddField(
                model_name="result", name="press_text", field=foundation.languages.LocalizedTextField(default=foundation.languages.LocalizedText)
            ),
            migrations.AddField(model_name="result", name="sent_back", field=models.CharField(blank=True, max_length=1000)),
            migrations.AddField(model_name="result", name="with_paper", field=models.BooleanField(default=True)),
            migrations.AddConstraint(
                model_name="result",
                constraint=models.CheckConstraint(
                    condition=models.Q(models.Q(("state", "published"), _negated=True), ("sent_back", ""), _connector="OR"),
                    name="result_published_is_not_sent_back",
                ),
            ),
            migrations.AddConstraint(
                model_name="result",
                constraint=models.CheckConstraint(
                    condition=models.Q(models.Q(("title", {}), _negated=True), models.Q(("summary", {}), _negated=True)), name="result_has_words"
                ),
            ),
        ),
        GuardState("measure", initial="unsaid"),
        AppendOnly("finalisation"),
        AppendOnly("measurestep"),
        AppendOnly("resultanswer"),
        migrations.RunSQL(FINALISED, NOT_FINALISED),
        migrations.RunSQL(SETTLED, NOT_SETTLED),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]

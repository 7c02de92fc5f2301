"""Sections, remarks, open points and sources of a proposal, and the feedback of its networks."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables
from foundation.triggers import AppendOnly, GuardState

RULES = """
CREATE FUNCTION circles_version_stays_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at THEN
    RAISE EXCEPTION 'version-stays-released: what everybody may read is not taken back'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_stays_released BEFORE UPDATE ON circles_proposalversion
  FOR EACH ROW EXECUTE FUNCTION circles_version_stays_released();

CREATE FUNCTION circles_feedback_takes_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held record;
  moment timestamptz;
BEGIN
  -- The one moment that was compared before; a minute is more than any request takes.
  moment := CASE WHEN TG_OP = 'INSERT' THEN NEW.said_at ELSE NEW.withdrawn_at END;
  IF moment IS NULL OR moment < clock_timestamp() - interval '1 minute' THEN
    moment := clock_timestamp();
  END IF;
  SELECT r.state, r.closes_at, v.proposal_id, l.revoked_at INTO held
    FROM circles_reviewlink l
    JOIN circles_feedbackround r ON r.id = l.round_id
    JOIN circles_proposalversion v ON v.id = r.version_id
    WHERE l.id = NEW.link_id FOR SHARE OF r;
  IF held.state <> 'open' OR moment >= held.closes_at THEN
    -- Later nothing changes but that persons are forgotten.
    IF TG_OP = 'INSERT' OR NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
       OR NEW.text <> OLD.text OR NEW.words <> OLD.words THEN
      RAISE EXCEPTION 'feedback-over: the round takes nothing any more'
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF held.revoked_at IS NOT NULL THEN
      RAISE EXCEPTION 'feedback-revoked: the link was taken back'
        USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM circles_section
                   WHERE id = NEW.section_id AND proposal_id = held.proposal_id) THEN
      RAISE EXCEPTION 'feedback-elsewhere: the section belongs to another proposal'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.text <> OLD.text OR NEW.words <> OLD.words) AND NEW.withdrawn_at IS NULL
     OR NEW.on_behalf_of NOT IN (OLD.on_behalf_of, '') OR NEW.email NOT IN (OLD.email, '')
     OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL THEN
    RAISE EXCEPTION 'feedback-rewritten: a contribution is withdrawn, never changed'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feedback_takes_part BEFORE INSERT OR UPDATE ON circles_contribution
  FOR EACH ROW EXECUTE FUNCTION circles_feedback_takes_part();

CREATE FUNCTION circles_feedback_answers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held record;
BEGIN
  SELECT r.state, c.is_suggestion, c.withdrawn_at INTO held
    FROM circles_contribution c
    JOIN circles_reviewlink l ON l.id = c.link_id
    JOIN circles_feedbackround r ON r.id = l.round_id
    WHERE c.id = NEW.contribution_id FOR SHARE OF r;
  IF held.state <> 'open' THEN
    RAISE EXCEPTION 'feedback-closed: the round is closed, its answers stand'
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revision_id IS NOT NULL THEN
      RAISE EXCEPTION 'feedback-answered: the answer has its wording already'
        USING ERRCODE = 'check_violation';
    END IF;
  ELSIF held.withdrawn_at IS NOT NULL OR held.is_suggestion = (NEW.outcome = 'answered') THEN
    RAISE EXCEPTION 'feedback-answer: suggestions are decided, comments are answered'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feedback_answers BEFORE INSERT OR UPDATE ON circles_contributionanswer
  FOR EACH ROW EXECUTE FUNCTION circles_feedback_answers();

CREATE FUNCTION circles_feedback_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF clock_timestamp() < NEW.closes_at THEN
    RAISE EXCEPTION 'feedback-runs: the round runs until its time'
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM circles_contribution c
             JOIN circles_reviewlink l ON l.id = c.link_id
             WHERE l.round_id = NEW.id AND c.is_suggestion AND c.withdrawn_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM circles_contributionanswer a
                               WHERE a.contribution_id = c.id)) THEN
    RAISE EXCEPTION 'feedback-unanswered: a suggestion has no answer'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feedback_closes BEFORE UPDATE ON circles_feedbackround
  FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state = 'closed')
  EXECUTE FUNCTION circles_feedback_closes();
"""
NO_RULES = """
DROP TRIGGER feedback_closes ON circles_feedbackround;
DROP FUNCTION circles_feedback_closes();
DROP TRIGGER feedback_answers ON circles_contributionanswer;
DROP FUNCTION circles_feedback_answers();
DROP TRIGGER feedback_takes_part ON circles_contribution;
DROP FUNCTION circles_feedback_takes_part();
DROP TRIGGER version_stays_released ON circles_proposalversion;
DROP FUNCTION circles_version_stays_released();
"""


class Migration(migrations.Migration):
    dependencies = [("circles", "0026_rooms_of_old_circles"), ("texts", "0002_rows_for_ever"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Authorship",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="circles.seatterm")),
                    ("revision", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="authorship", to="texts.revision")),
                ],
                options={"ordering": ["pk"]},
            ),
            migrations.CreateModel(
                name="FeedbackRound",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("question", models.TextField(max_length=1000)),
                    ("closes_at", models.DateTimeField()),
                    ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("state", models.CharField(choices=[("open", "open"), ("closed", "closed")], default="open", max_length=6)),
                    ("summary", models.TextField(blank=True, max_length=3000)),
                    ("counts", models.JSONField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("member", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm")),
                    ("opened_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="circles.proposalversion")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("state", "open")), fields=("version",), name="feedback_round_one_open"),
                        models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="feedback_round_has_time"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("counts", None), ("state", "open"), ("summary", "")),
                                models.Q(
                                    ("closed_at__isnull", False), ("counts__isnull", False), ("state", "closed"), models.Q(("summary", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="feedback_round_closed_has_summary",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OpenPoint",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("question", models.CharField(max_length=500)),
                    ("raised_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="points", to="circles.seatterm")),
                    ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="points", to="circles.proposal")),
                    (
                        "section",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="points", to="circles.section"),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("question", ""), _negated=True), name="open_point_asks_something")],
                },
            ),
            migrations.CreateModel(
                name="PointSettlement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("word", models.CharField(max_length=500)),
                    ("settled_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("reopened_at", models.DateTimeField(null=True)),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm")),
                    ("point", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="settlements", to="circles.openpoint")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(("reopened_at", None)), fields=("point",), name="point_settled_once"),
                        models.CheckConstraint(condition=models.Q(("word", ""), _negated=True), name="point_settled_with_a_word"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProposalSource",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("title", models.CharField(max_length=200)),
                    ("address", models.URLField(blank=True, max_length=500)),
                    ("note", models.CharField(blank=True, max_length=500)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("removed_at", models.DateTimeField(null=True)),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm")),
                    ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="circles.proposal")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="proposal_source_has_title")],
                },
            ),
            migrations.CreateModel(
                name="ReviewLink",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("label", models.CharField(blank=True, max_length=120)),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("seed", models.CharField(max_length=32, unique=True)),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("revoked_at", models.DateTimeField(null=True)),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="review_links", to="circles.seatterm")),
                    ("round", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links", to="circles.feedbackround")),
                ],
                options={"ordering": ["pk"]},
            ),
            migrations.CreateModel(
                name="Section",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("position", models.PositiveSmallIntegerField(null=True)),
                    ("removed_at", models.DateTimeField(null=True)),
                    ("paragraph", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="section", to="texts.paragraph")),
                    ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="circles.proposal")),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            deferrable=django.db.models.constraints.Deferrable["DEFERRED"], fields=("proposal", "position"), name="section_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("position__isnull", False), ("removed_at", None)),
                                models.Q(("position", None), ("removed_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="section_stands_or_is_removed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Contribution",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("is_suggestion", models.BooleanField()),
                    ("text", models.TextField(blank=True, max_length=5000)),
                    ("words", models.TextField(blank=True, max_length=20000)),
                    ("on_behalf_of", models.CharField(blank=True, max_length=200)),
                    (
                        "sector",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("administration", "administration"),
                                ("science", "science"),
                                ("business", "business"),
                                ("politics", "politics"),
                                ("civil_society", "civil society"),
                                ("", "none of these"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("email", models.EmailField(blank=True, max_length=254)),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("link", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="circles.reviewlink")),
                    ("section", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="circles.section")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("email", ""), ("on_behalf_of", ""), ("text", ""), ("withdrawn_at__isnull", False), ("words", "")),
                                models.Q(("is_suggestion", False), ("withdrawn_at", None), ("words", ""), models.Q(("text", ""), _negated=True)),
                                models.Q(("is_suggestion", True), ("withdrawn_at", None), models.Q(("words", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="contribution_says_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SectionRemark",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("text", models.TextField(max_length=2000)),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="circles.seatterm")),
                    ("section", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="circles.section")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="section_remark_says_something")],
                },
            ),
            migrations.CreateModel(
                name="ContributionAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("accepted", "accepted"), ("partly", "accepted in part"), ("declined", "declined"), ("answered", "answered")], max_length=8
                        ),
                    ),
                    ("reason", models.TextField(blank=True, max_length=2000)),
                    ("answered_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("contribution", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="circles.contribution")),
                    ("member", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm")),
                    (
                        "revision",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="contribution_answers", to="texts.revision"),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("outcome", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="contribution_answer_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("revision", None), ("outcome__in", ["accepted", "partly"]), _connector="OR"),
                            name="contribution_answer_became_words",
                        ),
                    ],
                },
            ),
            migrations.AddField(
                model_name="proposalversion",
                name="kept_as",
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
            ),
        ),
        GuardState("feedbackround", initial="open"),
        AppendOnly("feedbackround", except_columns=("state", "summary", "counts", "opened_at", "closes_at", "closed_at")),
        AppendOnly("authorship"),
        AppendOnly("sectionremark"),
        AppendOnly("openpoint"),
        AppendOnly("pointsettlement", except_columns=("reopened_at",)),
        AppendOnly("proposalsource", except_columns=("removed_at",)),
        AppendOnly("reviewlink", except_columns=("label", "email", "revoked_at")),
        AppendOnly("contribution", except_columns=("text", "words", "on_behalf_of", "email", "withdrawn_at")),
        AppendOnly("contributionanswer", except_columns=("revision_id",)),
        migrations.RunSQL(RULES, NO_RULES),
    ]

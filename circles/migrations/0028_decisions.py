import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.tables import Tables


class Migration(migrations.Migration):
    dependencies = [("circles", "0027_proposals"), ("formats", "0023_event_invitations"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="CircleRules",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("quorum", models.PositiveSmallIntegerField()),
                    ("rounds_before_vote", models.PositiveSmallIntegerField()),
                    ("voting_days", models.PositiveSmallIntegerField()),
                    ("statement_days", models.PositiveSmallIntegerField()),
                    ("round", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="circles.consentround")),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("quorum__gte", 5), ("quorum__lte", 15)), name="circle_rules_quorum"),
                        models.CheckConstraint(
                            condition=models.Q(("rounds_before_vote__gte", 1), ("rounds_before_vote__lte", 9)), name="circle_rules_consent_first"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("voting_days__gte", 1), ("voting_days__lte", 60), ("statement_days__gte", 1), ("statement_days__lte", 60)),
                            name="circle_rules_days",
                        ),
                    ]
                },
            ),
            migrations.CreateModel(
                name="ConsentPlace",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("term", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consent_places", to="circles.seatterm")),
                    ("round", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="places", to="circles.consentround")),
                ],
                options={
                    "ordering": ["round", "term__seat__number"],
                    "constraints": [models.UniqueConstraint(fields=("round", "term"), name="consent_place_once")],
                },
            ),
            migrations.CreateModel(
                name="ConsentRound",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("wording", models.TextField(max_length=10000)),
                    ("integration", models.TextField(blank=True, max_length=3000)),
                    (
                        "phase",
                        models.CharField(
                            choices=[
                                ("questions", "questions"),
                                ("first", "first opinions"),
                                ("second", "second opinions"),
                                ("consent", "voices"),
                                ("closed", "closed"),
                            ],
                            default="questions",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("first_at", models.DateTimeField(blank=True, null=True)),
                    ("second_at", models.DateTimeField(blank=True, null=True)),
                    ("consent_at", models.DateTimeField(blank=True, null=True)),
                    ("consent_until", models.DateTimeField(blank=True, null=True)),
                    ("quorum", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("consents", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("concerns", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("objections", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("absent", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("decision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="circles.decision")),
                    (
                        "version",
                        models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.proposalversion"),
                    ),
                ],
                options={
                    "ordering": ["decision", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("decision", "n"), name="consent_round_number_once"),
                        models.UniqueConstraint(condition=models.Q(("phase", "closed"), _negated=True), fields=("decision",), name="consent_round_one_open"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("consent_at", None), ("first_at", None), ("phase", "questions"), ("second_at", None)),
                                models.Q(("consent_at", None), ("first_at__isnull", False), ("phase", "first"), ("second_at", None)),
                                models.Q(("consent_at", None), ("phase", "second"), ("second_at__isnull", False)),
                                models.Q(("consent_at__isnull", False), ("phase", "consent"), ("second_at__isnull", False)),
                                ("phase", "closed"),
                                _connector="OR",
                            ),
                            name="consent_round_phase_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at__isnull", False), ("phase", "closed")),
                                models.Q(models.Q(("phase", "closed"), _negated=True), ("closed_at", None)),
                                _connector="OR",
                            ),
                            name="consent_round_closed_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("consent_at", None), ("consent_until", None), ("quorum", None)),
                                models.Q(("consent_until__gt", models.F("consent_at")), ("quorum__gte", 1)),
                                _connector="OR",
                            ),
                            name="consent_round_asks_until",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("absent__isnull", False),
                                    ("concerns__isnull", False),
                                    ("consent_at__isnull", False),
                                    ("consents__isnull", False),
                                    ("objections__isnull", False),
                                    ("phase", "closed"),
                                ),
                                models.Q(
                                    models.Q(models.Q(("phase", "closed"), _negated=True), ("consent_at", None), _connector="OR"),
                                    ("absent", None),
                                    ("concerns", None),
                                    ("consents", None),
                                    ("objections", None),
                                ),
                                _connector="OR",
                            ),
                            name="consent_round_is_counted",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConsentVoice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[("consent", "consent"), ("concern", "consent with a concern"), ("objection", "serious objection"), ("absent", "absent")],
                            max_length=10,
                        ),
                    ),
                    ("concern", models.TextField(blank=True, max_length=2000)),
                    ("harm", models.TextField(blank=True, max_length=2000)),
                    ("lift", models.TextField(blank=True, max_length=2000)),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    (
                        "carried_from",
                        models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="carried", to="circles.consentvoice"),
                    ),
                    ("noted_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="circles.consentplace")),
                ],
                options={
                    "ordering": ["place", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("place", "n"), name="consent_voice_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "objection"), _negated=True), models.Q(("harm__regex", "\\S"), ("lift__regex", "\\S")), _connector="OR"
                            ),
                            name="consent_objection_has_reasons",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("kind", "concern"), _negated=True), ("concern__regex", "\\S"), _connector="OR"),
                            name="consent_concern_in_words",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "objection"), models.Q(("harm", ""), ("lift", "")), _connector="OR"),
                                models.Q(("kind", "concern"), ("concern", ""), _connector="OR"),
                            ),
                            name="consent_words_fit_the_voice",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("carried_from", None), models.Q(("kind", "objection"), ("n", 1), ("noted_by", None)), _connector="OR"),
                            name="consent_only_objections_are_carried",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("noted_by", None), models.Q(("kind", "absent"), _negated=True), _connector="OR"),
                            name="consent_absent_by_oneself",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MajorityVote",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("n", models.PositiveSmallIntegerField()),
                    ("moved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("rounds_held", models.PositiveSmallIntegerField()),
                    ("rounds_needed", models.PositiveSmallIntegerField()),
                    ("quorum", models.PositiveSmallIntegerField()),
                    ("voting_days", models.PositiveSmallIntegerField()),
                    ("statement_days", models.PositiveSmallIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("moved", "moved"),
                                ("open", "open"),
                                ("decided", "decided"),
                                ("void", "void: too few ballots"),
                                ("dropped", "taken back"),
                            ],
                            default="moved",
                            max_length=10,
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("statements_until", models.DateTimeField(blank=True, null=True)),
                    ("yes", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("no", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("abstain", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("decision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="circles.decision")),
                    ("moved_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm")),
                    ("poll", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="majority_vote", to="formats.poll")),
                ],
                options={
                    "ordering": ["decision", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("decision", "n"), name="majority_vote_number_once"),
                        models.UniqueConstraint(condition=models.Q(("state__in", ["moved", "open"])), fields=("decision",), name="majority_vote_one_at_a_time"),
                        models.CheckConstraint(
                            condition=models.Q(("rounds_held__gte", models.F("rounds_needed")), ("rounds_needed__gte", 1)), name="majority_vote_consent_first"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quorum__gte", 1), ("statement_days__gte", 1), ("voting_days__gte", 1)), name="majority_vote_has_rules"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("opened_at", None), ("state", "moved")),
                                models.Q(("ended_at", None), ("opened_at__isnull", False), ("state", "open")),
                                models.Q(("ended_at__isnull", False), ("opened_at", None), ("state", "dropped")),
                                models.Q(("ended_at__isnull", False), ("opened_at__isnull", False), ("state__in", ["decided", "void"])),
                                _connector="OR",
                            ),
                            name="majority_vote_state_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("abstain__isnull", False), ("no__isnull", False), ("state__in", ["decided", "void"]), ("yes__isnull", False)),
                                models.Q(models.Q(("state__in", ["decided", "void"]), _negated=True), ("abstain", None), ("no", None), ("yes", None)),
                                _connector="OR",
                            ),
                            name="majority_vote_is_counted",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["decided", "void"]), _negated=True),
                                models.Q(
                                    (
                                        "quorum__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")), "+", models.F("abstain")
                                        ),
                                    ),
                                    ("state", "decided"),
                                ),
                                models.Q(
                                    (
                                        "quorum__gt",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")), "+", models.F("abstain")
                                        ),
                                    ),
                                    ("state", "void"),
                                ),
                                _connector="OR",
                            ),
                            name="majority_vote_void_without_quorum",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state", "decided"), ("statements_until__gt", models.F("ended_at"))),
                                models.Q(models.Q(("state", "decided"), _negated=True), ("statements_until", None)),
                                _connector="OR",
                            ),
                            name="majority_vote_statements_until",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MinorityStatement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("text", models.TextField(max_length=3000)),
                    ("with_name", models.BooleanField(default=False)),
                    ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("place", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="statement", to="circles.voteplace")),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("text__regex", "\\S")), name="minority_statement_has_words")],
                },
            ),
            migrations.CreateModel(
                name="Utterance",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("step", models.CharField(choices=[("questions", "question"), ("first", "first opinion"), ("second", "second opinion")], max_length=10)),
                    ("text", models.TextField(max_length=3000)),
                    ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("answers", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answered_by", to="circles.utterance")),
                    ("host", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("round", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="utterances", to="circles.consentround")),
                    ("term", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="utterances", to="circles.seatterm")),
                ],
                options={
                    "ordering": ["round", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("host", None), ("term__isnull", False)), models.Q(("host__isnull", False), ("term", None)), _connector="OR"
                            ),
                            name="utterance_by_one",
                        ),
                        models.CheckConstraint(condition=models.Q(("text__regex", "\\S")), name="utterance_has_words"),
                        models.CheckConstraint(
                            condition=models.Q(("answers", None), ("step", "questions"), _connector="OR"), name="utterance_answers_a_question"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VotePlace",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("term", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="vote_places", to="circles.seatterm")),
                    ("vote", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="places", to="circles.majorityvote")),
                    ("voter", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="vote_place", to="formats.voter")),
                ],
                options={"ordering": ["vote", "term__seat__number"], "constraints": [models.UniqueConstraint(fields=("vote", "term"), name="vote_place_once")]},
            ),
            migrations.AddField(
                model_name="decision",
                name="begun_member",
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
            ),
            migrations.AddField(
                model_name="decision",
                name="facilitator",
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="circles.seatterm"),
            ),
            migrations.AddConstraint(
                model_name="decision",
                constraint=models.CheckConstraint(condition=models.Q(("n__gt", 1), ("kind", "rules"), _connector="OR"), name="decision_rules_come_first"),
            ),
        )
    ]

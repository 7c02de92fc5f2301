"""Accounts, the roles they have for a term, invitations, and who has a second factor."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now
from django.db.models.functions.text import Lower

from foundation.tables import Tables


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        Tables(
            migrations.CreateModel(
                name="Mandate",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="mandates", to=settings.AUTH_USER_MODEL)),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("office", "Office"),
                                ("lottery_officer", "Lottery officer"),
                                ("reviewer", "Reviewer"),
                                ("partner", "Partner of a city"),
                                ("project_team", "Project team"),
                                ("signatory", "Signatory"),
                                ("div_member", "Member of the D.I.V."),
                                ("chair", "Chair"),
                                ("circle_member", "Member of a circle"),
                                ("auditor", "Auditor"),
                                ("administrator", "Administrator"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    ("starts_at", models.DateTimeField(db_default=Now())),
                    ("ends_at", models.DateTimeField(blank=True, null=True)),
                    ("deputy_of", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, to="accounts.mandate")),
                    ("function", models.CharField(blank=True, max_length=200)),
                    ("granted_by", models.ForeignKey(blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["subject_type", "subject_id"], name="mandate_subject"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("revoked_at", None)), fields=("user", "role", "subject_type", "subject_id"), name="mandate_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"), name="mandate_ends_after_start"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("subject_id", ""), ("subject_type", "")),
                                models.Q(models.Q(("subject_type", ""), _negated=True), models.Q(("subject_id", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="mandate_subject_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("token_digest", models.CharField(max_length=64, unique=True)),
                    ("email", models.EmailField(max_length=254)),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("office", "Office"),
                                ("lottery_officer", "Lottery officer"),
                                ("reviewer", "Reviewer"),
                                ("partner", "Partner of a city"),
                                ("project_team", "Project team"),
                                ("signatory", "Signatory"),
                                ("div_member", "Member of the D.I.V."),
                                ("chair", "Chair"),
                                ("circle_member", "Member of a circle"),
                                ("auditor", "Auditor"),
                                ("administrator", "Administrator"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("subject_type", models.CharField(blank=True, max_length=64)),
                    ("subject_id", models.CharField(blank=True, max_length=64)),
                    ("function", models.CharField(blank=True, max_length=200)),
                    ("invited_by", models.ForeignKey(on_delete=models.PROTECT, related_name="invitations_sent", to=settings.AUTH_USER_MODEL)),
                    ("created_at", models.DateTimeField(db_default=Now())),
                    ("expires_at", models.DateTimeField()),
                    ("mandate_ends_at", models.DateTimeField(null=True)),
                    ("accepted_at", models.DateTimeField(null=True)),
                    ("accepted_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("revoked_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_expires_later"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("accepted_at", None), ("accepted_by", None)),
                                models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="invitation_accepted_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, unique=True)),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("language", models.CharField(default="de", max_length=2)),
                    ("is_staff", models.BooleanField(default=False)),
                    ("is_active", models.BooleanField(default=True)),
                    ("date_joined", models.DateTimeField(db_default=Now())),
                    ("factor_reset_at", models.DateTimeField(blank=True, null=True)),
                    ("session_epoch", models.PositiveIntegerField(default=0)),
                    ("erased_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("email", Lower("email"))), name="user_email_is_lower_case"),
                        models.CheckConstraint(condition=models.Q(("language__in", ["de", "en", "fi"])), name="user_language_known"),
                        models.CheckConstraint(condition=models.Q(("name__regex", "[\\r\\n]"), _negated=True), name="user_name_is_one_line"),
                        models.CheckConstraint(condition=models.Q(("is_superuser", False)), name="user_is_no_superuser"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("erased_at", None),
                                models.Q(("email__endswith", "@erased.invalid"), ("is_active", False), ("is_staff", False), ("name", "")),
                                _connector="OR",
                            ),
                            name="user_erased_is_nobody",
                        ),
                    ],
                },
            ),
        ),
    ]

"""A person who acts in the portal, with or without a password.

A confirmed e-mail code creates or finds the person; staff add a password and a second factor.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with a lower-cased address; without a password only codes log in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> User:
        """What `createsuperuser` makes: a person without any right, for those come by mandates.

        The first administrator is made by `manage.py first_administrator`.
        """
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `language` is de, en or fi and decides in which language mails arrive.

    With `erased_at` it is nobody's any more; what it signed and decided keeps pointing here.
    """

    NOWHERE = "erased.invalid"  # where erased accounts have their addresses

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="de")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(db_default=Now())
    factor_reset_at = models.DateTimeField(null=True, blank=True)
    # Counted up when the second factor changes: sessions from before then end.
    session_epoch = models.PositiveIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["de", "en", "fi"]), name="user_language_known"
            ),
            # A line break in the head of a mail would make every mail to this person fail.
            models.CheckConstraint(
                condition=~models.Q(name__regex="[\\r\\n]"), name="user_name_is_one_line"
            ),
            # Django would let a superuser do everything; here rights come from mandates alone.
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="user_is_no_superuser"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(
                    is_active=False, is_staff=False, name="", email__endswith="@erased.invalid"
                ),
                name="user_erased_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Binds sessions to the password and to the second factor of the day they began."""
        bound_to = f"{self.password}:{self.session_epoch}"
        digest = salted_hmac("accounts.User.session", bound_to, secret=secret, algorithm="sha256")
        return digest.hexdigest()

    def get_full_name(self) -> str:
        if self.erased_at is not None:
            return _("former account")
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()

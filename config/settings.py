"""Every setting of the portal, read from the environment and from nowhere else.

What is missing or wrong stops the start with a sentence; docs/operations.md lists the variables.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    """The value of environment variable `name`, or a clear refusal to start."""
    value = optional(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}; see docs/operations.md.")
    return value


def optional(name: str, otherwise: str = "") -> str:
    """The value of environment variable `name`; one that is empty counts as not set."""
    return os.environ.get(name) or otherwise


def database(url: str) -> dict[str, object]:
    """Django's database entry for postgres://user:pw@host:port/name?host=/socket/dir."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def mail_port(url: str) -> int:
    """The port of smtp:// and smtps:// addresses; the usual one where none is named."""
    parts = urlsplit(url)
    return parts.port or (465 if parts.scheme == "smtps" else 25)


def broker(url: str) -> str:
    """Celery's form of a Redis address: unix:///path?db=0 becomes redis+socket:///path."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    db = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={db}"


PORTAL_MODE = optional("PORTAL_MODE", "production")
if PORTAL_MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured("PORTAL_MODE must be demo, test or production.")
DEMO = PORTAL_MODE == "demo"
DEBUG = False
SECRET_KEY = required("SECRET_KEY")
# Former keys, separated by blanks, newest first; docs/operations.md tells how to change the key.
SECRET_KEY_FALLBACKS = optional("SECRET_KEY_FALLBACKS").split()
PUBLIC_URL = optional("PUBLIC_URL", "http://localhost:8000").rstrip("/")
_PUBLIC = urlsplit(PUBLIC_URL)
ENCRYPTED = _PUBLIC.scheme == "https"
if PORTAL_MODE == "production" and not ENCRYPTED:
    raise ImproperlyConfigured("PUBLIC_URL must begin with https:// in production.")
ALLOWED_HOSTS = [_PUBLIC.hostname or "localhost"]

# The city that runs this installation. Names are settings, never constants (domain.md, 2.1).
CITY_NAME = optional("CITY_NAME", "Bielefeld")
OFFICE_NAME = optional("OFFICE_NAME", "Digitalisierungsbüro der Stadt Bielefeld")
OFFICE_PHONE = optional("OFFICE_PHONE")
# A partnership without a held meeting for so many months counts as silent.
DORMANT_AFTER_MONTHS = int(optional("DORMANT_AFTER_MONTHS", "12"))
OFFICE_EMAIL = optional("OFFICE_EMAIL", "digitalisierungsbuero@example.org")


def told_in_public(name: str, example: str) -> str:
    """What the law wants on the pages: in production what is set, elsewhere an invented example."""
    return optional(name, "" if PORTAL_MODE == "production" else example)


# config.checks demands them in production.
IMPRINT_BODY = told_in_public("IMPRINT_BODY", "Stadt Musterstadt (Demo)")
IMPRINT_ADDRESS = told_in_public("IMPRINT_ADDRESS", "Musterstraße 1, 00000 Musterstadt")
IMPRINT_REPRESENTATIVE = told_in_public("IMPRINT_REPRESENTATIVE", "Anna Beispiel (Demo)")
OMBUDS_OFFICE = told_in_public("OMBUDS_OFFICE", "Ombudsstelle Musterland (Demo), 00000 Musterstadt")
IMPRINT_SUPERVISION = optional("IMPRINT_SUPERVISION")
ACCESSIBILITY_TESTED = optional("ACCESSIBILITY_TESTED")  # when and by whom, in words

INSTALLED_APPS = [
    "foundation.accounts.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "foundation.look",
    "foundation.audit",
    "foundation.effects",
    "foundation.texts",
    "foundation.documents",
    "foundation.mail",
    "foundation.posting",
    "foundation.subscriptions",
    "foundation.accounts",
    "partnerships",
    "formats",
    "circles",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.pages.guard.RequestGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.posting.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "config.pages.context.site",
            ],
        },
    }
]

DATABASES = {"default": database(required("DATABASE_URL"))}
CACHES = {
    # What libraries keep here counts, so it lives where the truth lives.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no fourth cookie
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENCRYPTED
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENCRYPTED
if ENCRYPTED:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = optional("SSL_REDIRECT", "1") == "1"
if optional("TRUSTED_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "config.pages.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "foundation.accounts.backends.MandateBackend",
]
# All that /admin/ shows, and what may be done there. People, factors and roles have pages with
# a second factor and a trail; whatever else a library registers is left out.
ADMIN_MODELS = {
    "formats.body": ("view", "change"),
    "formats.membership": ("view", "change"),
    "formats.actionfield": ("view", "add", "change"),
    "circles.circle": ("view",),
}
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "foundation.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code confirms the address; staff are created by staff
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # foundation.posting.limits counts, by account and in the database
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # foundation.accounts.letters writes to them
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a path, no password
ACCOUNT_FORMS = {
    "login": "foundation.accounts.forms.LoginForm",
    "request_login_code": "foundation.accounts.forms.AskForCodeForm",
    "confirm_login_code": "foundation.accounts.forms.EnterCodeForm",
    "reset_password": "foundation.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "foundation.accounts.forms.NewPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
MFA_ADAPTER = "foundation.accounts.cipher.FactorAdapter"
MFA_FORMS = {
    "authenticate": "foundation.accounts.forms.FactorAtLoginForm",
    "authenticate_webauthn": "foundation.accounts.forms.PasskeyAtLoginForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Stadtbrücke"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("fi", "Suomi")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = CELERY_TIMEZONE = optional("TIME_ZONE", "Europe/Berlin")

STATIC_URL = "/static/"
STATIC_ROOT = Path(optional("STATIC_DIR", str(BASE_DIR / ".portal" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_DIR = Path(required("FILES_DIR"))
SEAL_DIR = Path(required("SEAL_DIR"))
# What everybody may read of the seal, where web has no key: ca.pem, tsa.pem, signers/. None: there.
TRUST_DIR = Path(optional("TRUST_DIR")) if optional("TRUST_DIR") else None
# The seal's key on a hardware token: path of its PKCS#11 module, and the label on the token.
SEAL_TOKEN = optional("SEAL_TOKEN")
SEAL_TOKEN_LABEL = optional("SEAL_TOKEN_LABEL", "stadtbruecke")
# Authorities whose certificates people may sign with, as PEM files; and who stamps the time.
SIGNERS_DIR = Path(optional("SIGNERS_DIR", str((TRUST_DIR or SEAL_DIR) / "signers")))
TSA_URL = optional("TSA_URL")
# Public drand relays that the worker may ask for beacons, separated by blanks; none: pasted.
DRAND_RELAYS = [each.rstrip("/") for each in optional("DRAND_RELAYS").split()]
ARMS_DIR = optional("ARMS_DIR")  # coats of arms for agreements, <slug>.svg
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_DIR, "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Whole bodies are measured before CSRF reads them: 5 MB, but for pages that take a file. None:
# the page measures by itself.
_A_FILE = 20 * 1024 * 1024 + 64 * 1024
ROOM_FOR_UPLOADS: dict[str, int | None] = {
    "verify": None,
    "evidence_bring": _A_FILE,
    "signatory_deputy": _A_FILE,
    "signature_upload": _A_FILE,
    "paper_new": _A_FILE,
    "event_material_add": _A_FILE,
    "photo_new": _A_FILE,
}

_SMTP = urlsplit(optional("SMTP_URL", "smtp://localhost:25"))
_SMTP_OPTIONS = {key: values[0] for key, values in parse_qs(_SMTP.query).items()}
EMAIL_HOST = _SMTP.hostname or "localhost"
EMAIL_PORT = mail_port(_SMTP.geturl())
EMAIL_USE_SSL = _SMTP.scheme == "smtps"
EMAIL_USE_TLS = _SMTP_OPTIONS.get("starttls") == "1"
EMAIL_HOST_USER = _SMTP_OPTIONS.get("user", "")
EMAIL_HOST_PASSWORD = (
    Path(_SMTP_OPTIONS["password_file"]).read_text().strip()
    if "password_file" in _SMTP_OPTIONS
    else ""
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = optional("MAIL_FROM", f"Stadtbrücke <{OFFICE_EMAIL}>")
SERVER_EMAIL = OFFICE_EMAIL

# Redis is only the doorbell: short time-outs, no results, one task at a time per child.
CELERY_BROKER_URL = broker(required("REDIS_URL"))
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "visibility_timeout": 600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# By the hour of the day, not by age: beat forgets ages when it restarts.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "effects.sweep", "schedule": 5.0},
    "heartbeat": {"task": "effects.heartbeat", "schedule": 15.0},
    "seal-trail": {"task": "audit.seal_trail", "schedule": 60.0},
    "verify-trail": {"task": "config.verify_trail", "schedule": crontab(hour=3, minute=10)},
    "clear-sessions": {"task": "config.clear_sessions", "schedule": crontab(hour=3, minute=30)},
    "forget-mails": {"task": "mail.forget", "schedule": 3600.0},
    "forget-unconfirmed": {"task": "subscriptions.forget", "schedule": 3600.0},
    "forget-posts": {"task": "posting.forget", "schedule": 3600.0},
    "renew-stamps": {
        "task": "documents.request_renewals",
        "schedule": crontab(hour=4, minute=10),
    },
    "seal-expiry": {"task": "config.watch_seal", "schedule": crontab(hour="*/6", minute=40)},
    "sweep-orphans": {"task": "documents.sweep_orphans", "schedule": 3600.0},
    "forget-old-forms": {"task": "circles.forget_old_forms", "schedule": 3600.0},
    "circular-votes": {"task": "formats.close_circulars", "schedule": 60.0},
    "goal-reviews": {"task": "partnerships.remind_of_reviews", "schedule": 3600.0},
    "flyers": {"task": "partnerships.order_flyers", "schedule": 300.0},
    "forget-overdue-applicants": {"task": "circles.forget_overdue", "schedule": 3600.0},
    "silent-partnerships": {"task": "partnerships.remind_dormant", "schedule": 3600.0},
    "ask-contacts": {"task": "partnerships.ask_contacts", "schedule": 3600.0},
    "forget-invitations": {"task": "partnerships.forget_invitations", "schedule": 3600.0},
    "close-votes": {"task": "formats.close_votes", "schedule": 10.0},
    "forget-ideas": {"task": "formats.forget_ideas", "schedule": 3600.0},
    "result-answers": {"task": "circles.remind_of_answers", "schedule": 3600.0},
    "year-reports": {"task": "circles.order_year_reports", "schedule": 3600.0},
    "circle-deadlines": {"task": "circles.keep_deadlines", "schedule": 10.0},
    "programmes": {"task": "formats.order_programmes", "schedule": 300.0},
    "threads": {"task": "config.order_threads", "schedule": 300.0},
    "waiting-lists": {"task": "formats.keep_waiting_lists", "schedule": 60.0},
    "forget-guests": {"task": "formats.forget_guests", "schedule": 3600.0},
    "event-reminders": {"task": "formats.remind_of_events", "schedule": 300.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": optional("LOG_LEVEL", "INFO")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

"""What differs in the test suite: quick hashes, plain static files, a quick sweep."""

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True  # else every test client scans the static files anew
CELERY_TASK_ALWAYS_EAGER = False
LOGGING = {"version": 1, "disable_existing_loggers": False}
DATABASES["default"]["ENGINE"] = "tests.postgres"  # noqa: F405
CELERY_BEAT_SCHEDULE["sweep"]["schedule"] = 0.5  # noqa: F405 what a killed worker left is found soon

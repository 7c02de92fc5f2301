"""A worker of production that could not seal says so and does not start."""

import os
import subprocess
import sys

from django.conf import settings


def test_a_worker_without_its_seal_does_not_start(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "config.celery:app", "worker", "-c", "1"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PORTAL_MODE": "production",
            "PUBLIC_URL": "https://stadtbruecke.example.org",
            "SEAL_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "The worker cannot seal. SEAL_DIR holds no readable ca.pem" in ended.stderr

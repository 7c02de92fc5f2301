"""The environment that Django, Celery and gunicorn run in: the contract with config/settings.py."""

from __future__ import annotations

import os

from launch.engines import Engines
from launch.home import Home

DEFAULT_PORT = 8000
DEFAULT_SMTP_PORT = 2525


def of(home: Home, engines: Engines, mode: str) -> dict[str, str]:
    """Our own environment plus everything the portal's settings ask for.

    What a production environment sets itself is kept; demo and test never use it by accident.
    """
    ours = {
        "PORTAL_MODE": mode,
        "PORTAL_HOME": str(home.path),
        "SECRET_KEY": home.secret_key(),
        "PUBLIC_URL": home.recall("public_url", f"http://localhost:{DEFAULT_PORT}"),
        "SMTP_URL": home.recall("smtp_url", f"smtp://localhost:{DEFAULT_SMTP_PORT}"),
        "FILES_DIR": str(home.folder("files")),
        "SEAL_DIR": str(home.folder("seal")),
        "STATIC_DIR": str(home.path / "static"),
    }
    environment = {**ours, **os.environ} if mode == "production" else {**os.environ, **ours}
    environment.update(engines.urls)
    # Tools called by name from our venv find each other; nothing is written beside the code.
    environment["PATH"] = f"{home.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment["PYTHONUNBUFFERED"] = "1"
    return environment

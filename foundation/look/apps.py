"""The app that brings the template tags `look` and `figures`.

Registered in the settings as `foundation.look`; it has no models.
"""

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "foundation.look"
    label = "look"

from django.apps import AppConfig
from django.core.checks import register

from config.checks import public_pages_are_complete


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        register(public_pages_are_complete)

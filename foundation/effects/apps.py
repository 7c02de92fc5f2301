from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "foundation.effects"
    label = "effects"

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "foundation.texts"
    label = "texts"

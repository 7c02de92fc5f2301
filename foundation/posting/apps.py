from django.apps import AppConfig


class PostingConfig(AppConfig):
    name = "foundation.posting"
    label = "posting"

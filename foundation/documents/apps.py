from django.apps import AppConfig
from django.core.checks import Tags, register

from foundation.documents.checks import seal_is_fit


class DocumentsConfig(AppConfig):
    name = "foundation.documents"
    label = "documents"

    def ready(self) -> None:
        register(seal_is_fit, Tags.security)

from django.apps import AppConfig
from django.urls import register_converter


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self) -> None:
        from partnerships.wording.numbers import AgreementNumber

        register_converter(AgreementNumber, "agreement")

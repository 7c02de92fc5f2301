from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "foundation.subscriptions"
    label = "subscriptions"

"""Addresses of a circle's proposal and of the feedback of its networks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

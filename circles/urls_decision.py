"""Addresses of what a circle decides."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

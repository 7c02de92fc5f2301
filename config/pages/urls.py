"""Addresses of pages that mix apps."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

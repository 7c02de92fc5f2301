"""Addresses of a circle's room: meetings, tasks, files, dates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Circles for administrators: to look at only, because everything here has its own door."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from circles.models import Circle


@admin.register(Circle)
class CircleAdmin(admin.ModelAdmin):
    """Look, but use the pages to change: states and seats follow rules."""

    list_display = ("number", "slug", "state", "is_demo")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Circle | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Circle | None = None) -> bool:
        return False

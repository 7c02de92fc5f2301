"""Master data of the formats: the body's rules and the ends of memberships."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from formats.models import ActionField, Body, Membership


@admin.register(Body)
class BodyAdmin(admin.ModelAdmin):
    """Numbers of sessions, period of notice, time zone."""

    list_display = ("name", "sessions_min", "sessions_max", "notice_days", "time_zone")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Body]:
        """Bodies that upper apps keep, such as those of circles, are no master data."""
        return super().get_queryset(request).filter(leads_to="")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Whom members speak for, and whether they vote; they come and go by the page of the body."""

    list_display = ("body", "group", "on_behalf_of", "starts_on", "ends_on", "is_chair")
    list_select_related = ("body",)
    readonly_fields = (
        "body", "user", "is_chair", "is_deputy_chair", "deputises", "starts_on", "term_ends_on",
        "ends_on",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).filter(body__leads_to="")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(ActionField)
class ActionFieldAdmin(admin.ModelAdmin):
    """Names of the fields of action."""

    list_display = ("slug",)

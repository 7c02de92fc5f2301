"""Addresses of votes and of what leaves the D.I.V. for other programs."""

from django.urls import path

from formats.views import oparl, resolution, session_calendar

B = "div/beschluesse/<int:year>-<int:ordinal>-<int:n>/"

urlpatterns = [
    path(
        "div/sitzungen/<int:year>-<int:ordinal>/protokoll/top/<int:position>/abstimmen/",
        resolution.resolution_open,
        name="resolution_open",
    ),
    path("div/beschluesse/umlauf/", resolution.circular_create, name="circular_create"),
    path(B, resolution.resolution, name="resolution"),
    path(B + "zaehlen/", resolution.resolution_count, name="resolution_count"),
    path(B + "stimme/", resolution.resolution_vote, name="resolution_vote"),
    path(B + "schliessen/", resolution.resolution_close, name="resolution_close"),
    path(B + "abbrechen/", resolution.resolution_stop, name="resolution_stop"),
    path(B + "minderheit/", resolution.minority_new, name="minority_new"),
    path("div/kalender.ics", session_calendar.div_calendar, name="div_calendar"),
    path("feed/div.xml", session_calendar.div_feed, name="div_feed"),
    path("div/oparl/", oparl.oparl_system, name="oparl_system"),
    path("div/oparl/<slug:kind>/", oparl.oparl_list, name="oparl_list"),
    path("div/oparl/<slug:kind>/<slug:key>/", oparl.oparl_object, name="oparl_object"),
]

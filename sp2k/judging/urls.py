"""Addresses of the panel, its schedule, sheets, visits and paper."""

from django.urls import path

from sp2k.judging.views import claims, sheets, stage_sheets, visits

app_name = "judging"
urlpatterns = [
    path("lembar/", sheets.duties, name="duties"),
    path("lembar/<int:duty>/", sheets.sheet, name="sheet"),
    path("lembar/<int:duty>/ubah/", sheets.change_sheet, name="change-sheet"),
    path("lembar/<int:duty>/draf/", sheets.keep, name="keep-draft"),
    path("lembar/<int:duty>/segel/", sheets.send, name="send-sheet"),
    path("lembar/<int:duty>/versi/", sheets.versions, name="versions"),
    path("lembar/<int:duty>/revisi/<int:number>/", sheets.revision, name="revision"),
    path("lembar/tahap/<slug:edition>/<slug:code>/", stage_sheets.sheets_of_stage, name="stage-sheets"),
    path("kunjungan/", visits.visits, name="visits"),
    path("kunjungan/<int:pk>/", visits.visit, name="visit"),
    path("kunjungan/<int:pk>/rencana/", visits.plan, name="visit-plan"),
    path("kunjungan/<int:pk>/klaim/<str:claim>/", visits.claim, name="visit-claim"),
    path("kunjungan/<int:pk>/klaim/<str:claim>/tempat/", visits.place, name="visit-place"),
    path("kunjungan/<int:pk>/foto/<int:photo>/", visits.photo, name="visit-photo"),
    path("kunjungan/<int:pk>/berita-acara.pdf", visits.minutes, name="visit-minutes"),
    path("paparan/", claims.presentations, name="presentations"),
    path("paparan/<int:pk>/", claims.presentation, name="presentation"),
    path("paparan/<int:pk>/klaim/<int:claim>/batal/", claims.void, name="presentation-claim-void"),
]

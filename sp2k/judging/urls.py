"""Addresses of the panel, its schedule, sheets, visits and paper."""

from django.urls import path

from sp2k.judging.views import sheets, stage_sheets

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
]

"""Addresses of what a stage's count says."""

from django.urls import path

from sp2k.results.views import certainty

app_name = "results"
urlpatterns = [
    path("yakin/", certainty.certainties, name="certainties"),
    path("<slug:edition>/<slug:code>/yakin/", certainty.certainty, name="certainty"),
    path("<slug:edition>/<slug:code>/yakin/tabel.csv", certainty.certainty_table, name="certainty-table"),
    path("<slug:edition>/<slug:code>/metodologi.pdf", certainty.methodology, name="methodology"),
    path("<slug:edition>/<slug:code>/analisis/", certainty.analysis, name="analysis"),
    path("<slug:edition>/<slug:code>/analisis/semua.xlsx", certainty.analysis_workbook, name="analysis-workbook"),
    path("<slug:edition>/<slug:code>/analisis/<slug:table>.csv", certainty.analysis_table, name="analysis-table"),
    path("<slug:edition>/<slug:code>/mengapa/<str:entry>/", certainty.contributions, name="contributions"),
]

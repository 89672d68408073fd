"""Addresses of what a stage's count says."""

from django.urls import path

from sp2k.results import views

app_name = "results"
urlpatterns = [
    path("yakin/", views.certainties, name="certainties"),
    path("<slug:edition>/<slug:code>/yakin/", views.certainty, name="certainty"),
    path("<slug:edition>/<slug:code>/yakin/tabel.csv", views.certainty_table, name="certainty-table"),
    path("<slug:edition>/<slug:code>/metodologi.pdf", views.methodology, name="methodology"),
    path("<slug:edition>/<slug:code>/analisis/", views.analysis, name="analysis"),
    path("<slug:edition>/<slug:code>/analisis/semua.xlsx", views.analysis_workbook, name="analysis-workbook"),
    path("<slug:edition>/<slug:code>/analisis/<slug:table>.csv", views.analysis_table, name="analysis-table"),
    path("<slug:edition>/<slug:code>/mengapa/<str:entry>/", views.contributions, name="contributions"),
]

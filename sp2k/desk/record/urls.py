"""Addresses of the record of acts."""

from django.urls import path

from sp2k.desk.record import views

app_name = "record"
_CSV, _XLSX = {"kind": "csv"}, {"kind": "xlsx"}
urlpatterns = [
    path("", views.own, name="own"),
    path("tabel.csv", views.own_file, _CSV, name="own-csv"),
    path("tabel.xlsx", views.own_file, _XLSX, name="own-xlsx"),
    path("luar-edisi/", views.installation, name="installation"),
    path("luar-edisi/tabel.csv", views.installation_file, _CSV, name="installation-csv"),
    path("luar-edisi/tabel.xlsx", views.installation_file, _XLSX, name="installation-xlsx"),
    path("edisi/<slug:code>/", views.edition, name="edition"),
    path("edisi/<slug:code>/tabel.csv", views.edition_file, _CSV, name="edition-csv"),
    path("edisi/<slug:code>/tabel.xlsx", views.edition_file, _XLSX, name="edition-xlsx"),
]

"""Addresses of the public pages."""

from django.urls import path

from sp2k.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.home, name="home"),
    path("hasil/<slug:code>/", views.result, name="result"),
    path("hasil/<slug:code>/peserta/", views.participants, name="participants"),
    path("hasil/<slug:code>/keputusan.pdf", views.decree, name="decree"),
    path("hasil/<slug:code>/tabel.csv", views.table, name="table"),
]

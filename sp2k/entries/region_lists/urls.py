"""Addresses of the list of regions."""

from django.urls import path

from sp2k.entries.region_lists import views

app_name = "regions"
urlpatterns = [
    path("", views.regions, name="regions"),
    path("muat/", views.upload, name="upload"),
    path("muat/<int:pk>/", views.proposed, name="proposed"),
    path("muat/<int:pk>/wilayah/", views.identities, name="identities"),
    path("muat/<int:pk>/jawab/", views.answer, name="answer"),
    path("<str:code>/nama/", views.correct, name="correct"),
]

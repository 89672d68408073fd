"""Addresses of officeholders."""

from django.urls import path

from sp2k.accounts.officeholders import views

app_name = "officeholders"
urlpatterns = [
    path("", views.officeholders, name="officeholders"),
    path("muat/", views.import_list, name="import"),
    path("daftar.xlsx", views.export_list, name="export"),
    path("<str:code>/", views.region, name="region"),
    path("<str:code>/catat/", views.add, name="add"),
    path("<str:code>/<int:pk>/serah-terima/", views.succeed, name="succeed"),
    path("<str:code>/<int:pk>/akhiri/", views.end, name="end"),
    path("<str:code>/<int:pk>/perbaiki/", views.correct, name="correct"),
]

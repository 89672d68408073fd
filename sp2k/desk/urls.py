"""Addresses of the desks."""

from django.urls import path

from sp2k.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home"), path("cari/", views.search, name="search")]

"""Addresses of editions: setting up, calendar, approvals, regions."""

from django.urls import URLPattern

app_name = "editions"
urlpatterns: list[URLPattern] = []

"""Addresses of the panel, its schedule, sheets, visits and paper."""

from django.urls import URLPattern

app_name = "judging"
urlpatterns: list[URLPattern] = []

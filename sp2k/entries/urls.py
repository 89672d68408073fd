"""Addresses of filling, verifying, innovations."""

from django.urls import URLPattern

app_name = "entries"
urlpatterns: list[URLPattern] = []

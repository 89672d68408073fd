"""Addresses of the demonstration's own pages."""

from django.urls import path

from sp2k.demo.facts import views

app_name = "demo"
urlpatterns = [path("", views.facts, name="facts")]

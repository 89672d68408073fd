"""Addresses of signing in and out."""

from django.urls import path

from sp2k.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.sign_in, name="login"),
    path("keluar/", views.sign_out, name="logout"),
]

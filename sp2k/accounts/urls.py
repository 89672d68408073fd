"""Addresses."""

urlpatterns = []
app_name = "accounts"

"""Addresses."""

urlpatterns = []
app_name = "publication"

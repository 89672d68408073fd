"""Addresses."""

urlpatterns = []
app_name = "desk"

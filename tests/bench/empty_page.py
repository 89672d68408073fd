"""The site's addresses and one page more, empty but for its frame: what the pages' times are measured against."""

from django.shortcuts import render
from django.urls import path

from sp2k.config.urls import urlpatterns as site

urlpatterns = [*site, path("kosong/", lambda request: render(request, "base/base.html"))]

"""The addresses of the site, in Indonesian words."""

from django.urls import include, path

urlpatterns = [
    path("", include("sp2k.publication.urls")),
    path("akun/", include("sp2k.accounts.urls")),
    path("pejabat/", include("sp2k.accounts.officeholders.urls")),
    path("wilayah/", include("sp2k.entries.region_lists.urls")),
    path("meja/", include("sp2k.desk.urls")),
    path("catatan/", include("sp2k.desk.record.urls")),
    path("edisi/", include("sp2k.editions.urls")),
    path("isian/", include("sp2k.entries.urls")),
    path("juri/", include("sp2k.judging.urls")),
    path("tahap/", include("sp2k.results.urls")),
    path("nyata-dan-contoh/", include("sp2k.demo.urls")),
]
handler500 = "sp2k.base.pages.broken.server_error"

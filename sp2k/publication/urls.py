"""Addresses of the public pages, and of the decision before them."""

from django.urls import path

from sp2k.publication.views import amendments, decision, documents, integrity, minutes, public

app_name = "publication"
urlpatterns = [
    path("keputusan/", decision.decisions, name="decisions"),
    path("keputusan/<slug:code>/", decision.decision, name="decision"),
    path("keputusan/<slug:code>/gelar/", decision.titles, name="decision-titles"),
    path("keputusan/<slug:code>/setuju/", decision.approve, name="decision-approve"),
    path("keputusan/<slug:code>/kembalikan/", decision.return_, name="decision-return"),
    path("keputusan/<slug:code>/ajukan-lagi/", decision.propose, name="decision-propose"),
    path("keputusan/<slug:code>/tetapkan/", decision.decide, name="decision-decide"),
    path("keputusan/<slug:code>/naskah/", documents.decree, name="decision-decree"),
    path("keputusan/<slug:code>/naskah/rancangan.pdf", documents.draft, name="decision-draft"),
    path("keputusan/<slug:code>/berita-acara/<slug:stage>/", minutes.minutes, name="minutes"),
    path("keputusan/<slug:code>/berita-acara/<slug:stage>/buat/", minutes.make, name="minutes-make"),
    path("keputusan/<slug:code>/berita-acara/<slug:stage>/rancangan.pdf", minutes.draft, name="minutes-draft"),
    path(
        "keputusan/<slug:code>/berita-acara/<slug:stage>/<int:revision>.pdf", minutes.document, name="minutes-document"
    ),
    path(
        "keputusan/<slug:code>/berita-acara/<slug:stage>/<int:revision>/", minutes.replaced, name="minutes-replaced"
    ),
    path(
        "keputusan/<slug:code>/berita-acara/<slug:stage>/<int:revision>/sebagaimana-dibuat.pdf", minutes.as_made,
        name="minutes-as-made",
    ),
    path("keputusan/<slug:code>/pembetulan/", amendments.amendments, name="amendments"),
    path("keputusan/<slug:code>/pembetulan/usulkan/", amendments.propose, name="amendment-propose"),
    path("keputusan/<slug:code>/pembetulan/<int:position>/setuju/", amendments.approve, name="amendment-approve"),
    path("keputusan/<slug:code>/pembetulan/<int:position>/tarik/", amendments.withdraw, name="amendment-withdraw"),
    path("keputusan/<slug:code>/pembetulan/<int:position>.pdf", amendments.document, name="amendment-document"),
    path("keputusan/<slug:code>/naskah.pdf", documents.document, name="decision-document"),
    path("keputusan/<slug:code>/terbitkan/", decision.announce, name="decision-publish"),
    path("keutuhan/<slug:code>/", integrity.integrity, name="integrity"),
    path("keutuhan/<slug:code>/<int:size>/dikirim/", integrity.sent, name="head-sent"),
    path("", public.home, name="home"),
    path("hasil/<slug:code>/", public.result, name="result"),
    path("hasil/<slug:code>/peserta/", public.participants, name="participants"),
    path("hasil/<slug:code>/keputusan.pdf", public.decree, name="decree"),
    path("hasil/<slug:code>/pembetulan/<int:position>.pdf", public.amendment, name="public-amendment"),
    path("hasil/<slug:code>/tabel.csv", public.table, {"kind": "csv"}, name="table"),
    path("hasil/<slug:code>/tabel.xlsx", public.table, {"kind": "xlsx"}, name="table-xlsx"),
    path("hasil/<slug:code>/tahap/<slug:stage>/", public.stage, name="stage"),
    path("hasil/<slug:code>/tahap/<slug:stage>/tabel.csv", public.stage_table, {"kind": "csv"}, name="stage-table"),
    path("hasil/<slug:code>/tahap/<slug:stage>/tabel.xlsx", public.stage_table, {"kind": "xlsx"}, name="stage-table-xlsx"),
    path("hasil/<slug:code>/tahap/<slug:stage>/lembar.csv", public.stage_marks, {"kind": "csv"}, name="stage-marks"),
    path("hasil/<slug:code>/tahap/<slug:stage>/lembar.xlsx", public.stage_marks, {"kind": "xlsx"}, name="stage-marks-xlsx"),
]

"""Addresses of the panel, its schedule, sheets, visits and paper."""

from django.urls import path

from sp2k.judging.views import claims, paper, paper_confirming, paper_printing, sheets, stage_sheets, visits

app_name = "judging"
urlpatterns = [
    path("lembar/", sheets.duties, name="duties"),
    path("lembar/<int:duty>/", sheets.sheet, name="sheet"),
    path("lembar/<int:duty>/ubah/", sheets.change_sheet, name="change-sheet"),
    path("lembar/<int:duty>/draf/", sheets.keep, name="keep-draft"),
    path("lembar/<int:duty>/segel/", sheets.send, name="send-sheet"),
    path("lembar/<int:duty>/versi/", sheets.versions, name="versions"),
    path("lembar/<int:duty>/revisi/<int:number>/", sheets.revision, name="revision"),
    path("lembar/tahap/<slug:edition>/<slug:code>/", stage_sheets.sheets_of_stage, name="stage-sheets"),
    path("kunjungan/", visits.visits, name="visits"),
    path("kunjungan/<int:pk>/", visits.visit, name="visit"),
    path("kunjungan/<int:pk>/rencana/", visits.plan, name="visit-plan"),
    path("kunjungan/<int:pk>/klaim/<str:claim>/", visits.claim, name="visit-claim"),
    path("kunjungan/<int:pk>/klaim/<str:claim>/tempat/", visits.place, name="visit-place"),
    path("kunjungan/<int:pk>/foto/<int:photo>/", visits.photo, name="visit-photo"),
    path("kunjungan/<int:pk>/bukti/<int:evidence>/", visits.evidence, name="visit-evidence"),
    path("kunjungan/<int:pk>/inovasi/<int:number>/", visits.innovation_document, name="visit-innovation"),
    path("kunjungan/<int:pk>/berita-acara.pdf", visits.minutes, name="visit-minutes"),
    path("paparan/", claims.presentations, name="presentations"),
    path("paparan/<int:pk>/", claims.presentation, name="presentation"),
    path("paparan/<int:pk>/klaim/<int:claim>/batal/", claims.void, name="presentation-claim-void"),
    path("kertas/", paper.papers, name="papers"),
    path("kertas/cetak/<slug:edition>/<slug:stage>/", paper_printing.print_papers, name="paper-print"),
    path("kertas/cetak/<slug:edition>/<slug:stage>/lembar.pdf", paper_printing.blanks, name="paper-blanks"),
    path("kertas/cetak/<slug:edition>/<slug:stage>/kode.xlsx", paper_printing.codes, name="paper-codes"),
    path("kertas/k/<slug:code>/", paper.paper, name="paper"),
    path("kertas/k/<slug:code>/ketik/", paper.type_paper, name="paper-type"),
    path("kertas/k/<slug:code>/beda/", paper.settle_paper, name="paper-settle"),
    path("kertas/k/<slug:code>/unggah/", paper.upload_scan, name="paper-upload"),
    path("kertas/k/<slug:code>/pindaian/", paper.scan, name="paper-scan"),
    path("kertas/k/<slug:code>/tarik/", paper.withdraw_paper, name="paper-withdraw"),
    path("kertas/k/<slug:code>/konfirmasi/", paper_confirming.confirm_paper, name="paper-confirm"),
    path("kertas/k/<slug:code>/keberatan/", paper_confirming.object_to_paper, name="paper-object"),
]

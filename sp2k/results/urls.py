"""Addresses of a stage on its way to its places, and of what its count says."""

from django.urls import path

from sp2k.results.views import certainty, duties, late_sheets, regencies, reminders, stages, voiding

app_name = "results"
_LATE = "<slug:edition>/<slug:code>/terlambat"
_REGENCY = "<slug:edition>/<slug:code>/kabupaten/<str:regency>"
urlpatterns = [
    path("yakin/", certainty.certainties, name="certainties"),
    path("seleksi/", regencies.own, name="own-regencies"),
    path("<slug:edition>/<slug:code>/kabupaten/", regencies.regencies, name="regencies"),
    path(f"{_REGENCY}/", regencies.regency, name="regency"),
    path(f"{_REGENCY}/peringkat/", regencies.rank, name="rank"),
    path(f"{_REGENCY}/peringkat.csv", regencies.ranking, {"kind": "csv"}, name="ranking-csv"),
    path(f"{_REGENCY}/peringkat.xlsx", regencies.ranking, {"kind": "xlsx"}, name="ranking-xlsx"),
    path(f"{_REGENCY}/calon/", regencies.nominee, name="nominate"),
    path(f"{_REGENCY}/tidak-ikut/", regencies.refuse, name="decline"),
    path(f"{_REGENCY}/berita-acara/unggah/", regencies.upload, name="upload-minutes"),
    path(f"{_REGENCY}/berita-acara.pdf", regencies.draft_minutes, name="draft-minutes"),
    path(f"{_REGENCY}/berita-acara-bertanda-tangan/", regencies.signed_minutes, name="signed-minutes"),
    path("", stages.stages, name="stages"),
    path("<slug:edition>/<slug:code>/", stages.stage, name="stage"),
    path("<slug:edition>/<slug:code>/tempat/", stages.places, name="places"),
    path("<slug:edition>/<slug:code>/setuju-kunci/", stages.approve_lock, name="approve-lock"),
    path("<slug:edition>/<slug:code>/kunci/", stages.lock, name="lock"),
    path("<slug:edition>/<slug:code>/bekukan/", stages.freeze, name="freeze"),
    path("<slug:edition>/<slug:code>/loloskan/", stages.advance, name="advance"),
    path("<slug:edition>/<slug:code>/berkas/<str:name>", stages.download_count, name="download"),
    path(f"{_LATE}/", late_sheets.late_sheets, name="late-sheets"),
    path(f"{_LATE}/<int:pk>/setuju/", late_sheets.approve, name="late-approve"),
    path(f"{_LATE}/<int:pk>/usulkan/", late_sheets.decide, {"act": "usulkan"}, name="late-propose"),
    path(f"{_LATE}/<int:pk>/tolak/", late_sheets.decide, {"act": "tolak"}, name="late-refuse"),
    path("<slug:edition>/<slug:code>/pembatalan/", voiding.voidable, name="voidable"),
    path("<slug:edition>/<slug:code>/pembatalan/<slug:kind>/<int:pk>/", voiding.void, name="void"),
    path("<slug:edition>/<slug:code>/yakin/", certainty.certainty, name="certainty"),
    path("<slug:edition>/<slug:code>/yakin/tabel.csv", certainty.certainty_table, name="certainty-table"),
    path("<slug:edition>/<slug:code>/metodologi.pdf", certainty.methodology, name="methodology"),
    path("<slug:edition>/<slug:code>/analisis/", certainty.analysis, name="analysis"),
    path("<slug:edition>/<slug:code>/analisis/semua.xlsx", certainty.analysis_workbook, name="analysis-workbook"),
    path("<slug:edition>/<slug:code>/analisis/<slug:table>.csv", certainty.analysis_table, name="analysis-table"),
    path("<slug:edition>/<slug:code>/mengapa/<str:entry>/", certainty.contributions, name="contributions"),
    path("<slug:edition>/<slug:code>/penugasan/", duties.duties, name="duties"),
    path("<slug:edition>/<slug:code>/penugasan/tangan/", duties.duties_by_hand, name="duties-hand"),
    path("<slug:edition>/<slug:code>/penugasan/aturan/", duties.duties_by_rule, name="duties-rule"),
    path("<slug:edition>/<slug:code>/penugasan/berkas/", duties.duties_by_file, name="duties-file"),
    path("<slug:edition>/<slug:code>/penugasan/templat.xlsx", duties.duties_template, name="duties-template"),
    path("<slug:edition>/<slug:code>/penugasan/simpan/", duties.duties_save, name="duties-save"),
    path("<slug:edition>/<slug:code>/pengingat/", reminders.reminders, name="reminders"),
    path("<slug:edition>/<slug:code>/pengingat/<int:person>/ingatkan/", reminders.remind_person, name="remind"),
    path("<slug:edition>/<slug:code>/pengingat/teks/<int:number>/", reminders.reminder, name="reminder"),
]

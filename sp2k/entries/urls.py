"""Addresses of filling, verifying, innovations."""

from django.urls import path

from sp2k.entries.views import filling, innovations, participants, reading, registering, verifying

app_name = "entries"
_FORM = "<slug:edition>/<slug:stage>/<str:kecamatan>"
_INNOVATION = f"{_FORM}/inovasi/<int:number>"
urlpatterns = [
    path("", filling.home, name="home"),
    path("antrean/", verifying.queue, name="queue"),
    path("peserta/", participants.lists, name="participant-lists"),
    path("peserta/<slug:edition>/", participants.participants, name="participants"),
    path("peserta/<slug:edition>/tabel.csv", participants.table, {"kind": "csv"}, name="participants-csv"),
    path("peserta/<slug:edition>/tabel.xlsx", participants.table, {"kind": "xlsx"}, name="participants-xlsx"),
    path("peserta/<slug:edition>/<slug:stage>/daftar/", registering.register, name="register"),
    path("bukti/<int:pk>/", reading.evidence, name="evidence"),
    path("draf/bukti/<int:pk>/", reading.draft_document, name="draft-document"),
    path(f"{_FORM}/", reading.form, name="form"),
    path(f"{_FORM}/revisi/<int:revision>/", reading.form, name="form-revision"),
    path(f"{_FORM}/isi/", filling.start, name="start"),
    path(f"{_FORM}/isi/<str:aspect>/", filling.fill, name="fill"),
    path(f"{_FORM}/isi/<str:aspect>/simpan/", filling.autosave, name="autosave"),
    path(f"{_FORM}/bukti/", filling.documents, name="documents"),
    path(f"{_FORM}/bukti/hapus/", filling.drop, name="drop-document"),
    path(f"{_FORM}/kirim/", filling.send, name="send"),
    path(f"{_FORM}/periksa/", verifying.verify, name="verify"),
    path(f"{_FORM}/periksa/aspek/<str:aspect>/", verifying.check, name="check"),
    path(f"{_FORM}/periksa/aspek/<str:aspect>/simpan/", verifying.autosave, name="autosave-check"),
    path(f"{_FORM}/periksa/putusan/", verifying.decide, name="decide"),
    path(f"{_FORM}/periksa/putusan/simpan/", verifying.autosave_reason, name="autosave-reason"),
    path(f"{_FORM}/inovasi/", innovations.innovations, name="innovations"),
    path(f"{_FORM}/inovasi/tulis/", innovations.write, name="write-innovation"),
    path(f"{_INNOVATION}/", innovations.innovation, name="innovation"),
    path(f"{_INNOVATION}/ubah/", innovations.write, name="change-innovation"),
    path(f"{_INNOVATION}/batal/", innovations.void, name="void-innovation"),
    path(f"{_INNOVATION}/berkas/", innovations.document, name="innovation-document"),
]

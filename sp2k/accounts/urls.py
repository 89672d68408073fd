"""Addresses of accounts: the door, invitations, the own profile, people."""

from django.urls import path

from sp2k.accounts.appointments import views as appointments
from sp2k.accounts.views import door, invitations, inviting, language, lists, people, profile

app_name = "accounts"
urlpatterns = [
    path("masuk/", door.sign_in, name="login"),
    path("masuk/kode/", door.second_factor, name="second-factor"),
    path("keluar/", door.sign_out, name="logout"),
    path("kode/", invitations.short_code, name="short-code"),
    path("undangan/", invitations.invitation, name="invitation"),
    path("undangan/<str:token>/", invitations.link, name="invitation-link"),
    path("bahasa/", language.language, name="language"),
    path("bahasa/pengunjung/", language.visitor_language, name="visitor-language"),
    path("saya/", profile.profile, name="profile"),
    path("saya/sandi/", profile.password, name="password"),
    path("saya/keluar-semua/", profile.leave_all, name="leave-everywhere"),
    path("saya/faktor-kedua/", profile.factor, name="factor"),
    path("saya/faktor-kedua/mulai/", profile.factor_begin, name="factor-begin"),
    path("saya/faktor-kedua/kode-pemulihan/", profile.factor_codes, name="factor-codes"),
    path("orang/", people.people, name="people"),
    path("orang/baru/", people.new_person, name="new-person"),
    path("orang/daftar.xlsx", lists.export_people, name="export"),
    path("orang/surat/", inviting.letters, name="letters"),
    path("orang/impor/", lists.import_people, name="import"),
    path("orang/impor/contoh.xlsx", lists.import_template, name="import-template"),
    path("orang/pengawas/", appointments.appointments, name="appointments"),
    path("orang/pengawas/<int:pk>/", appointments.appointment, name="appointment"),
    path("orang/pengawas/<int:pk>/pindaian/", appointments.scan, name="appointment-scan"),
    path("orang/pengawas/<int:pk>/tarik/", appointments.withdraw, name="appointment-withdraw"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("orang/<int:pk>/peran/", people.new_role, name="new-role"),
    path("orang/<int:pk>/peran/<int:membership>/cabut/", people.end_role, name="end-role"),
    path("orang/<int:pk>/undang/", inviting.make_invitation, name="invite"),
    path("orang/<int:pk>/undang/surat/", inviting.letter, name="letter"),
    path("orang/<int:pk>/undang/tarik/", inviting.withdraw, name="withdraw"),
    path("orang/<int:pk>/nonaktif/", people.close, name="close"),
    path("orang/<int:pk>/aktif/", people.reopen, name="reopen"),
    path("orang/<int:pk>/faktor-kedua/lepas/", people.take_factor, name="take-factor"),
]

"""Addresses of editions: setting up, rules, calendar, approvals."""

from django.urls import path

from sp2k.editions.views import abandoning, approvals, calendar, drafting, overview, rules

app_name = "editions"
urlpatterns = [
    path("", overview.editions, name="editions"),
    path("baru/", overview.new_edition, name="new"),
    path("persetujuan/", approvals.waiting, name="waiting"),
    path("<slug:code>/", overview.edition, name="edition"),
    path("<slug:code>/batal/", overview.void, name="void"),
    path("<slug:code>/tutup/", abandoning.abandon, name="abandon"),
    path("<slug:code>/tutup/setuju/", abandoning.agree, name="abandon-yes"),
    path("<slug:code>/tutup/tarik/", abandoning.withdraw, name="abandon-withdraw"),
    path("<slug:code>/aturan/", rules.rules, name="rules"),
    path("<slug:code>/aturan/kunci/", rules.lock, name="lock"),
    path("<slug:code>/naskah/", drafting.manuscript, name="manuscript"),
    path("<slug:code>/naskah/periksa/", drafting.check, name="check"),
    path("<slug:code>/naskah/versi/<int:number>/", drafting.version, name="version"),
    path("<slug:code>/susun/<slug:part>/", drafting.part, name="part"),
    path("<slug:code>/persetujuan/", approvals.approvals, name="approvals"),
    path("<slug:code>/persetujuan/beri/", approvals.approve, name="approve"),
    path("<slug:code>/persetujuan/surat/", approvals.paper, name="paper"),
    path("<slug:code>/persetujuan/surat/<int:pk>/", approvals.scan, name="scan"),
    path("<slug:code>/kalender/", calendar.calendar, name="calendar"),
    path("<slug:code>/kalender/kalender.ics", calendar.calendar_file, name="calendar-file"),
    path("<slug:code>/kalender/libur/", calendar.holidays, name="holidays"),
    path("<slug:code>/kalender/usul/<int:pk>/", calendar.proposal, name="proposal"),
    path("<slug:code>/kalender/usul/<int:pk>/jawab/", calendar.answer_proposal, name="answer-proposal"),
    path("<slug:code>/kalender/<slug:stage>/pindah/", calendar.move, name="move"),
]

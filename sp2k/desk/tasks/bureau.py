"""The bureau: setting up, what is missing past a deadline, closing, deciding, announcing."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.base.wording import number_in_words
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import SOON, Task, task
from sp2k.editions.file import EARLY_LOCK
from sp2k.editions.models import Stage
from sp2k.editions.queries import missing_approvals
from sp2k.editions.queries.abandoning import ACT as ABANDON
from sp2k.judging.models import Assignment, Seat, Seating
from sp2k.results.closing import Missing, RegencyDesk
from sp2k.results.models import Placement
from sp2k.results.queries import arrivals_in_words, standing_tally
from sp2k.results.regencies.silence import waiting_answers
from sp2k.results.stages.approvals import approvals_of
from sp2k.results.stages.cures import cure_of
from sp2k.results.ties.groups import SHARED, Tie, n_placed, ties_of
from sp2k.results.ties.lots import awaits_lot
from sp2k.results.ties.page import address_of_tie


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield what waits for the bureau in one edition."""
    if not here.holds(Role.BUREAU) or here.is_published:
        return
    if not here.edition.has_locked_rules:
        yield _lock_rules(here)
        return
    yield from _stages(here)
    yield from _conflicts(here)
    yield from _closing(here)
    yield from _replacements(here)
    yield from _early_locks(here)
    yield from _papers(here)
    if here.is_at_decision:
        yield from _decision(here)


def _closing(here) -> Iterator[Task]:
    """An edition that another of the bureau proposed to close without result."""
    for proposal in here.facts.proposals.get(here.edition.pk, ()):
        if proposal.act == ABANDON and proposal.by_id != here.user.pk:
            yield task(
                _("Periksa usul penutupan edisi tanpa hasil"), _("Alasan: %(reason)s") % {"reason": proposal.reason},
                edition=here.edition, now=here.now, address=address_of("editions:abandon-yes", here.edition.code),
            )  # fmt: skip


def _replacements(here) -> Iterator[Task]:
    """A replacement that was proposed and has its yes: the person only needs to be seated."""
    for proposal in here.facts.proposals.get(here.edition.pk, ()):
        if proposal.act != "panel" or missing_approvals(here.edition, proposal.act, proposal.subject, also=here.user):
            continue
        stage, seat, _person = proposal.subject.split(" ")
        yield task(
            _("Dudukkan pengganti pada kursi juri"), _("Sudah disetujui: %s.") % proposal.about,
            edition=here.edition, now=here.now, address=address_of("judging:seat", here.edition.code, stage, seat),
        )  # fmt: skip


def _early_locks(here) -> Iterator[Task]:
    """A lock before the deadline that someone proposed: whoever has not said yes, and whoever can now carry it out."""
    for proposal in here.standing_proposals(EARLY_LOCK):
        asked = approvals_of(here.edition, proposal.act, proposal.subject, user=here.user)
        if not asked or not (Role.BUREAU in asked.mine or not asked.missing):
            continue
        yield task(
            _("Putuskan penguncian sebelum batasnya"),
            _("%(what)s. Alasan: %(reason)s") % {"what": proposal.about, "reason": proposal.reason},
            edition=here.edition, now=here.now,
            address=address_of("results:lock", here.edition.code, proposal.subject.partition(" ")[0]),
        )  # fmt: skip


def _papers(here) -> Iterator[Task]:
    """Paper that another has typed: nobody's reading counts before a second person has read it too."""
    for stage in here.stages:
        n = here.facts.papers_to_type.get(stage.pk)
        if n and why_not(here.user, "paper.type", stage, now=here.now) is None:
            yield task(
                ngettext(
                    "Ketik %d lembar kertas sebagai orang kedua", "Ketik %d lembar kertas sebagai orang kedua", n
                ) % n, _("Tahap %s. Kertas dihitung setelah dua orang mengetiknya dan jurinya mengonfirmasi.") % stage.name,
                edition=here.edition, now=here.now, due=here.last_instant(stage), address=address_of("judging:papers"),
            )  # fmt: skip


def _lock_rules(here) -> Task:
    opens = here.stages[0].opens_at if here.stages else None
    return task(
        _("Lengkapi dan kunci aturan"),
        _("Edisi ini masih draf. Tahap pertamanya tidak dapat dibuka sebelum aturannya dikunci."),
        edition=here.edition, now=here.now, due=opens, address=address_of("editions:edition", here.edition.code),
    )  # fmt: skip


def _stages(here) -> Iterator[Task]:
    for stage in here.stages:
        if not stage.is_locked:
            continue
        yield from _after_lock(here, stage)
    stage = here.current
    if stage is None:
        return
    yield from _late(here, stage)
    if here.now < stage.opens_at:
        yield from _before_opening(here, stage)
    elif here.is_past(stage):
        yield from _past_deadline(here, stage)
    else:
        yield from _registering(here, stage)
        yield from _while_open(here, stage)


def _late(here, stage) -> Iterator[Task]:
    """Late sheets that nobody has decided about: they come from the deadline on, before the lock as after it."""
    if n := here.facts.late.get(stage.pk):
        yield task(
            _("Putuskan %d lembar terlambat") % n,
            _("Lembar tiba setelah batas tahap %s. Diputus sebelum hitungan dibekukan.") % stage.name,
            edition=here.edition, now=here.now, address=address_of("results:late-sheets", here.edition.code, stage.code),
        )  # fmt: skip


def _after_lock(here, stage) -> Iterator[Task]:
    address = address_of("results:stage", here.edition.code, stage.code)
    if stage.pk not in here.frozen:
        yield from _late(here, stage)
        if awaits_lot(stage):
            yield task(
                _("Undi pemutus seri tahap %s") % stage.name,
                _("Aturan memutus seri dengan undian. Umumkan asal benihnya, lalu tarik di hadapan yang disebut; hitungan "
                  "tanpa seri yang menentukan dapat dibekukan tanpa undian."),
                edition=here.edition, now=here.now, address=address_of("results:lot", here.edition.code, stage.code),
            )  # fmt: skip
        yield task(
            _("Bekukan hitungan tahap %s") % stage.name,
            _("Tahap sudah dikunci; tempat peserta belum dihitung."),
            edition=here.edition, now=here.now, address=address,
        )  # fmt: skip
    elif stage.pk not in here.advanced and stage is not here.stages[-1]:
        yield from _advance(here, stage, address)


def _advance(here, stage, address) -> Iterator[Task]:
    if ties := [tie for tie in _ties(stage) if tie.seats is not None]:
        if tie := next((tie for tie in ties if not _is_proposed(here, tie)), None):
            yield task(
                _("Putuskan seri di batas tahap %s") % stage.name,
                _("Aturan pemutus seri sudah habis, jadi tidak ada yang maju sebelum seri itu diputus."),
                edition=here.edition, now=here.now, address=address_of_tie(tie),
            )  # fmt: skip
        return
    yield task(
        _("Loloskan peserta dari tahap %s") % stage.name,
        _("Hitungan sudah dibekukan. Periksa seberapa pasti batasnya, lalu loloskan yang berada di dalam kuota."),
        edition=here.edition, now=here.now, address=address,
    )  # fmt: skip


def _ties(stage) -> list[Tie]:
    tied = Placement.objects.filter(tally__stage=stage, tally__scope="", decided_by__in=(SHARED, Placement.TIED_AT_CUT))
    return ties_of(standing_tally(stage)) if tied.exists() else []


def _registering(here, stage) -> Iterator[Task]:
    """Nobody can send anything before the kecamatan are registered, however far the opening still is."""
    if here.progress[stage.pk].n_entries == 0 and stage is here.stages[0]:
        yield task(
            _("Daftarkan peserta tahap %s") % stage.name,
            _("Semua kecamatan wilayah ini masuk tahap pertama sekaligus."),
            edition=here.edition, now=here.now, due=stage.opens_at,
            address=cure_of(Missing("peserta", 0, ""), stage),
        )  # fmt: skip


def _before_opening(here, stage) -> Iterator[Task]:
    yield from _registering(here, stage)
    if stage.opens_at - here.now > timedelta(days=SOON):
        return
    if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        held = Seating.objects.filter(seat=OuterRef("pk"), until=None)
        vacant = Seat.objects.filter(~Exists(held), stage=stage).count()
        has_duties = Assignment.objects.filter(participation__stage=stage).exists()
        if vacant or not has_duties:
            yield task(
                _("Siapkan juri tahap %s") % stage.name,
                ngettext(
"%d kursi belum terisi.", "%d kursi belum terisi.", vacant,
) % vacant if vacant else _("Penugasan juri belum ditetapkan."),
                edition=here.edition, now=here.now, due=stage.opens_at,
                address=address_of("judging:panel" if vacant else "results:duties", here.edition.code, stage.code),
            )  # fmt: skip


def _while_open(here, stage) -> Iterator[Task]:
    row = here.progress[stage.pk]
    lacking = row.n_expected - row.n_sheets
    if lacking <= 0:
        return
    what = {
        Stage.Kind.FILLING: _("isian belum diterima"), Stage.Kind.SELECTION: _("kabupaten/kota belum menjawab"),
    }.get(stage.kind, _("lembar juri belum masuk"))  # fmt: skip
    thing = Missing(
        {Stage.Kind.FILLING: "isian", Stage.Kind.SELECTION: "kabkota"}.get(stage.kind, "lembar"), lacking, what
    )
    yield task(
        _("Ikuti tahap %s") % stage.name,
        _("%(n)s dari %(of)s %(what)s. Tahap masih dibuka.") % {
            "n": number_in_words(lacking), "of": number_in_words(row.n_expected), "what": what,
        },
        edition=here.edition, now=here.now, due=here.last_instant(stage),
        address=cure_of(thing, stage) or address_of("results:stage", here.edition.code, stage.code),
    )  # fmt: skip


def _silent(here, stage) -> Iterator[Task]:
    """A proposed answer for a silent regency: another of the bureau carries it out."""
    if stage.kind != Stage.Kind.SELECTION:
        return
    waiting = waiting_answers(stage).exclude(by=here.user)
    for proposal in waiting.select_related("regency", "by"):
        yield task(
            _("Laksanakan jawaban bagi %s") % RegencyDesk(stage, proposal.regency).name,
            _("Diusulkan %(by)s; perlu orang kedua. Alasan: %(reason)s") % {
                "by": proposal.by.name, "reason": proposal.reason,
            },
            edition=here.edition, now=here.now,
            address=address_of("results:silence", here.edition.code, stage.code, proposal.regency_id),
        )  # fmt: skip


def _past_deadline(here, stage) -> Iterator[Task]:
    yield from _silent(here, stage)
    for thing in here.missing:
        yield _cure(here, stage, thing)
    if here.missing:
        return
    lacking = missing_approvals(here.edition, "kunci_tahap", stage.code, also=here.user)
    arrived = arrivals_in_words(here.progress[stage.pk])
    why = _("%(arrived)s Persetujuan belum lengkap: %(lacking)s.") % {"arrived": arrived, "lacking": "; ".join(lacking)}
    yield task(
        _("Kunci tahap %s") % stage.name,
        why if lacking else _("%s Batas waktunya lewat.") % arrived,
        edition=here.edition, now=here.now, due=here.last_instant(stage),
        address=address_of("results:stage", here.edition.code, stage.code),
    )  # fmt: skip


def _cure(here, stage, thing: Missing) -> Task:
    whys = {
        "lembar": _("Lembar kosong tidak dihitung sebagai nol. Tahap tidak dapat dikunci sebelum lembar masuk atau juri "
                    "dinyatakan absen."),
        "isian": _("Isian yang belum diterima verifikator menahan penguncian tahap %s.") % stage.name,
        "kabkota": _("Setelah batas, dua orang penyelenggara provinsi dapat menjawab menggantikan kabupaten/kota yang diam."),
        "kertas": _("Yang tertulis di kertas dihitung belum ada sampai jurinya mengonfirmasi."),
        "tugas": _("Peserta tanpa juri tidak dapat dinilai."),
        "klaim": _("Catat temuannya, atau keluarkan klaimnya dari rencana kunjungan dengan alasan."),
        "peserta": _("Tahap %s belum mempunyai peserta.") % stage.name,
    }  # fmt: skip
    names = "; ".join(thing.names)
    title = _("Lengkapi %s") % thing.brief if thing.count else _("Tetapkan peserta tahap %s") % stage.name
    return task(
        title, f"{names}. {whys[thing.kind]}" if names else whys[thing.kind],
        edition=here.edition, now=here.now, due=here.last_instant(stage),
        address=cure_of(thing, stage) or address_of("results:stage", here.edition.code, stage.code),
    )  # fmt: skip


def _conflicts(here) -> Iterator[Task]:
    """Sheets that stand although their writer's conflict was recorded after them: the bureau alone voids them."""
    for stage in here.stages:
        if not (sheets := here.facts.judged_conflicts.get(stage.pk)):
            continue
        first, n = sheets[0], len(sheets)
        address = address_of("judging:conflicts", here.edition.code, stage.code)
        if n == 1:
            address = address_of("results:void", here.edition.code, stage.code, "lembar", first.pk)
        yield task(
            _("Tinjau %d benturan yang dicatat setelah menilai") % n,
            _("Lembar kursi %(seat)s untuk %(entry)s, tahap %(stage)s, tetap dihitung sampai dibatalkan dengan alasan, "
              "sebelum tahapnya dikunci.") % {
                "seat": first.assignment.seat.institution, "entry": first.assignment.participation.entry,
                "stage": stage.name,
            },
            edition=here.edition, now=here.now, due=here.last_instant(stage), address=address,
        )  # fmt: skip


def _has_placed(last) -> bool:
    rows = Placement.objects.filter(tally__stage=last, tally__scope="").only("place", "is_through", "decided_by")
    return n_placed(rows) > 0


def _is_proposed(here, tie) -> bool:
    """Whether a ruling of this tie waits: it stands on the desk of whoever rules or votes, or takes it back once it failed."""
    waiting = here.facts.rulings_waiting.get(here.edition.pk, ())
    return (tie.tally.pk, tie.scope, tie.place) in {(row.tally_id, row.scope, row.place) for row in waiting}


def _decision(here) -> Iterator[Task]:
    last, address = here.stages[-1], address_of("publication:decision", here.edition.code)
    if last.pk not in here.frozen:
        return
    common = {"edition": here.edition, "now": here.now, "address": address}
    if not here.has_awards and (ties := _ties(last)):
        if tie := next((tie for tie in ties if not _is_proposed(here, tie)), None):
            yield task(
                _("Putuskan seri untuk gelar"), _("Yang bernilai sama di tempat bergelar: %s.") % tie.names,
                **common | {"address": address_of_tie(tie)},
            )  # fmt: skip
    elif not here.has_awards and not _has_placed(last):
        why = _("Tidak ada peserta yang mendapat tempat pada tahap %s, jadi tidak ada gelar yang dapat diberikan.") % last.name
        closing = {"address": address_of("editions:abandon", here.edition.code)}
        yield task(_("Tutup edisi tanpa hasil"), why, **common | closing)
    elif not here.has_awards:
        yield task(_("Beri gelar"), _("Tempat tahap terakhir sudah dibekukan; gelar mengikuti tempat."), **common)
    elif not here.is_decided and (returned := here.edition.standing_return):
        why = _("Pimpinan mengembalikan hasil. Alasan: %s") % Truncator(returned.reason).chars(200)
        yield task(_("Jawab pengembalian hasil"), why, **common)
    elif not here.is_decided:
        lacking = missing_approvals(here.edition, "hasil", here.edition.result_subject, also=here.user)
        why = _("Persetujuan belum lengkap: %s.") % "; ".join(lacking) if lacking else _("Persetujuan sudah lengkap.")
        yield task(_("Tetapkan hasil"), why, **common)
    elif not here.has_decree:
        yield task(
            _("Buat keputusan"), _("Isi nomor dan tanggal dari register; naskahnya dibuat dari hitungan."), **common
        )
    else:
        why = _("Keputusan sudah dibuat. Hasil terbuka bagi umum setelah orang kedua menerbitkannya.")
        yield task(_("Umumkan hasil"), why, due=here.edition.announced_at, **common)

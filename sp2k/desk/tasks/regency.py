"""A regency's organiser and its verifiers: forms to check, kecamatan that are silent, the ranking and the nominee."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.editions.models import Stage
from sp2k.entries.queries import decided_forms, latest_forms
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.models import Nomination


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield what waits for a regency in the stage that runs."""
    verifies, organises = here.reach_within(Role.VERIFIER), here.reach_within(Role.REGENCY)
    stage = here.current
    if stage is None or not (verifies or organises) or here.now < stage.opens_at:
        return
    if stage.kind == Stage.Kind.FILLING:
        yield from _forms(here, stage, verifies, organises)
    elif stage.kind == Stage.Kind.SELECTION and organises:
        yield from _selection(here, stage, organises)


def _forms(here, stage, verifies, organises) -> Iterator[Task]:
    forms = latest_forms(stage).filter(_within(verifies or organises, "participation__entry__region"))
    waiting = forms.exclude(pk__in=decided_forms(stage)).count()
    until = here.last_instant(stage)
    sent = f"{address_of('entries:queue')}?edisi={here.edition.code}&status=dikirim"
    if waiting and not stage.is_open_for_checks(here.now):
        yield task(
            ngettext(
"%d isian tidak diperiksa sampai batasnya", "%d isian tidak diperiksa sampai batasnya", waiting,
) % waiting, _("%s Bila batasnya dipindahkan, isian itu dapat diperiksa lagi.")
            % stage.opening_in_words(here.now, checks=True),
            edition=here.edition, now=here.now, address=sent, state="none",
        )  # fmt: skip
    elif waiting and verifies:
        yield task(
            _("Periksa %d isian") % waiting, _("Kecamatan menunggu putusan: diterima atau dikembalikan dengan alasan."),
            edition=here.edition, now=here.now, due=until, address=sent,
        )  # fmt: skip
    elif waiting:
        yield task(
            ngettext(
"%d isian menunggu verifikator", "%d isian menunggu verifikator", waiting,
) % waiting, _("Verifikator kabupaten/kota yang memutusnya."),
            edition=here.edition, now=here.now, due=until, address=sent,
        )  # fmt: skip
    if organises:
        taking_part = stage.participations.filter(_within(organises, "entry__region"))
        silent = taking_part.exclude(pk__in=latest_forms(stage).values("participation")).count()
        address = address_of("entries:participants", here.edition.code)
        if silent and not stage.is_open(here.now):
            yield task(
                ngettext(
"%d kecamatan tidak mengirim isian sampai batasnya", "%d kecamatan tidak mengirim isian sampai batasnya", silent,
) % silent, _("Kosong berarti belum dinilai, bukan nol."), edition=here.edition, now=here.now, address=address, state="none",
            )  # fmt: skip
        elif silent:
            yield task(
                ngettext(
"%d kecamatan belum mengirim isian", "%d kecamatan belum mengirim isian", silent,
) % silent, _("Kosong berarti belum dinilai, bukan nol."),
                edition=here.edition, now=here.now, due=stage.closes_at, address=address,
            )  # fmt: skip


def _selection(here, stage, organises) -> Iterator[Task]:
    yield from told_by_bureau(here, stage, organises)
    answered = stage.nominations.values("regency")
    ranked = set(stage.tallies.exclude(scope="").values_list("scope", flat=True))
    open_ones = regencies_in(here.edition).filter(_within(organises, "")).exclude(pk__in=answered)
    for regency in open_ones:
        address = address_of("results:regency", here.edition.code, stage.code, regency.code)
        common = {"edition": here.edition, "now": here.now, "due": stage.closes_at, "address": address}
        if not stage.is_open(here.now):
            yield task(
                _("%s tidak menjawab sampai batasnya") % regency.called,
                _("%s Penyelenggara provinsi yang menjawab menggantikan.") % stage.opening_in_words(here.now),
                **common | {"due": None, "state": "none"},
            )  # fmt: skip
        elif regency.code in ranked:
            yield task(
                _("Ajukan calon %s") % regency.called,
                _("Peringkat sudah ditetapkan. Isi nomor berita acaranya, lalu ajukan calon."), **common,
            )  # fmt: skip
        else:
            yield task(
                _("Tetapkan peringkat %s") % regency.called,
                _("Peringkat dihitung dari isian yang diterima, lalu calon diajukan atau alasan tidak ikut ditulis."),
                **common,
            )


def told_by_bureau(here, stage, codes) -> Iterator[Task]:
    """What the bureau answered in these regencies' place, or took back of their answer, with the bureau's reason."""
    within = regencies_in(here.edition).filter(_within(codes, ""))
    for answer in stage.nominations.filter(regency__in=within, is_by_bureau=True).select_related("regency"):
        said = _("Calon diajukan menurut peringkat.") if answer.participation_id else _("Dicatat tidak ikut.")
        why = _("%(said)s Alasan penyelenggara provinsi: %(reason)s") % {"said": said, "reason": answer.reason_of_bureau}
        title = _("Penyelenggara provinsi menjawab bagi %s") % RegencyDesk(stage, answer.regency).name
        yield _told(here, stage, answer.regency, title, why)
    answered = stage.nominations.values("regency")
    gone = Nomination.every.filter(stage=stage, regency__in=within, is_withdrawn_by_bureau=True)
    for answer in gone.exclude(regency__in=answered).select_related("regency"):
        why = _("Alasan penyelenggara provinsi: %s") % answer.withdrawn_reason
        title = _("Penyelenggara provinsi menarik kembali jawaban %s") % RegencyDesk(stage, answer.regency).name
        yield _told(here, stage, answer.regency, title, why)


def _told(here, stage, regency, title, why) -> Task:
    address = address_of("results:regency", here.edition.code, stage.code, regency.code)
    is_own = here.reach_within(Role.REGENCY)
    return task(title, why, edition=here.edition, now=here.now, address=address if is_own else "", state="none")


def _within(codes: list[str], region: str) -> Q:
    """Rows of these regions; `region` is the path to the region, empty for the region itself."""
    path = f"{region}__code" if region else "code"
    found = Q(pk=None)
    for code in codes:
        found |= Q(**{path: code}) | Q(**{f"{path}__startswith": code + "."})
    return found

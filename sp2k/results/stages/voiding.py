"""What may be voided in a stage: each kind with how its rows are found, what voiding it means, and the act."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.entries.actions import erase_evidence, void_form, void_verification
from sp2k.entries.models import Evidence, Form, Verification
from sp2k.entries.queries import latest_forms
from sp2k.entries.queries.named import EntriesByName
from sp2k.judging.actions import erase_photo, void_finding, void_sheet
from sp2k.judging.models import Sheet, VisitFinding, VisitPhoto
from sp2k.judging.queries import conflict_of_holder, latest_sheets, latest_visit_findings

FORM_ROWS = ("participation__entry__region__parent", "participation__stage__edition__region", "by")


@dataclass(frozen=True)
class Kind:
    """One kind of thing that may be withdrawn. `subject(row)` is what the policy is asked about."""

    code: str
    action: str
    name: str
    button: str
    follows: str
    rows: Callable[[Stage], QuerySet]
    act: Callable
    subject: Callable = lambda row: row


def _sheets(stage):
    return Sheet.objects.filter(assignment__participation__stage=stage).select_related(
        "assignment__seat", "assignment__participation__entry__region__parent",
        "assignment__participation__stage__edition__region", "by",
    )  # fmt: skip


def _findings(stage):
    rows = VisitFinding.objects.filter(participation__stage=stage)
    return rows.select_related("participation__entry__region__parent", "participation__stage__edition__region", "by")


def _forms(stage):
    rows = Form.objects.filter(participation__stage=stage).select_related(*FORM_ROWS)
    return rows.prefetch_related("verifications__by", "evidence__blob")


def _verifications(stage):
    rows = Verification.objects.filter(form__participation__stage=stage)
    return rows.select_related(*(f"form__{path}" for path in FORM_ROWS[:2]), "by").prefetch_related(
        "form__verifications"
    )


def _files(stage):
    rows = Evidence.objects.filter(form__participation__stage=stage).select_related("blob", "form__by")
    return rows.select_related(*(f"form__{path}" for path in FORM_ROWS[:2])).prefetch_related("form__verifications")


def _photos(stage):
    rows = VisitPhoto.objects.filter(finding__participation__stage=stage)
    return rows.select_related(
        "blob", "finding__by", "finding__participation__entry__region__parent",
        "finding__participation__stage__edition__region",
    )  # fmt: skip


KINDS = {
    "lembar": Kind(
        "lembar", "sheet.void", _("Lembar juri"), _("Batalkan lembar"),
        _("Lembar tetap disimpan, tetapi tidak dihitung. Lembar sebelumnya berlaku lagi; bila tidak ada, juri ditunggu "
          "memberi lembar baru. Isinya kembali kepada juri sebagai draf beserta alasan Anda; draf yang sedang ditulisnya "
          "tidak ditimpa. Lembar dari kertas juga begitu: kertas dan pindaiannya tetap tersimpan."),
        _sheets, void_sheet,
    ),
    "temuan": Kind(
        "temuan", "finding.void", _("Temuan lapang"), _("Batalkan temuan"),
        _("Temuan tetap disimpan, tetapi tidak menggerakkan nilai. Temuan sebelumnya berlaku lagi; bila tidak ada, klaimnya "
          "terbuka untuk diperiksa lagi, dengan isian dan foto yang lama di formulir pencatatnya."),
        _findings, void_finding,
    ),
    "isian": Kind(
        "isian", "form.void", _("Isian"), _("Batalkan isian"),
        _("Isian tetap disimpan, tetapi tidak dihitung, dan putusan verifikasinya ikut tidak berlaku. Isian sebelumnya "
          "berlaku lagi; bila tidak ada, kecamatan mengirim isian baru. Isinya kembali kepada kecamatan sebagai draf beserta "
          "alasan Anda; draf yang sedang ditulisnya tidak ditimpa."),
        _forms, void_form,
    ),
    "putusan": Kind(
        "putusan", "verification.void", _("Putusan verifikasi"), _("Batalkan putusan"),
        _("Putusan tetap disimpan, tetapi tidak berlaku. Isiannya menunggu putusan verifikator lagi."),
        _verifications, void_verification,
    ),
    "berkas": Kind(
        "berkas", "file.erase", _("Berkas bukti"), _("Hapus berkas"),
        _("Isi berkas dihapus dari server dan tidak dapat dikembalikan. Nama, ukuran, dan sidiknya tetap, begitu pula "
          "catatan penghapusannya."),
        _files, erase_evidence, lambda row: row.form,
    ),
}  # fmt: skip


KINDS |= {
    "foto": Kind(
        "foto", "photo.erase", _("Foto kunjungan"), _("Hapus foto"),
        _("Isi foto dihapus dari server dan tidak dapat dikembalikan. Temuannya tetap berlaku."),
        _photos, erase_photo, lambda row: row.finding,
    ),
}  # fmt: skip


def follows_of(kind: Kind, row) -> tuple[str, bool]:
    """Return what voiding this row means, and whether something is awaited in its place."""
    if kind.code == "lembar" and conflict_of_holder(row.assignment):
        return _(
            "Lembar tetap disimpan, tetapi tidak dihitung. Jurinya berbenturan kepentingan dengan peserta ini: kursinya lalu "
            "tercatat berbenturan, tidak ada lembar baru yang ditunggu, dan isinya tidak kembali sebagai draf. Bila ada "
            "revisi sebelumnya, revisi itu berlaku lagi sampai dibatalkan juga."
        ), False
    return kind.follows, kind.code in {"isian", "lembar", "temuan"}


@dataclass(frozen=True)
class VoidableRow:
    """A row of the list: what it is, of whom and since when, never what it says; and where it is voided."""

    kind: str
    pk: int
    what: str
    where: object
    by: str
    at: object


def may_void(user, stage: Stage) -> bool:
    """Whether a person may open the list of a stage: the bureau, and a regency's organiser for its own forms."""
    region, user = stage.edition.region_id, user.as_judge(stage.edition)
    within = any(row.role == Role.REGENCY and row.region_id.startswith(region) for row in user.held_memberships)
    return user.reaches({Role.BUREAU}, region) or (within and stage.kind == Stage.Kind.FILLING)


def voidable_rows(stage: Stage, *, user, text: str) -> list[VoidableRow]:
    """Return what stands in a stage and could be voided by this person, by kecamatan. Constant queries."""
    if stage.kind == Stage.Kind.FILLING:
        forms = latest_forms(stage).filter(_matching(stage, text, "participation__entry"), _reach(user, stage))
        forms = (
            forms.select_related(*FORM_ROWS)
            .prefetch_related("verifications__by")
            .order_by("participation__entry__region")
        )
        return [row for form in forms for row in _form_rows(form)]
    if stage.kind == Stage.Kind.SELECTION:
        return []
    sheets = latest_sheets(stage).filter(_matching(stage, text, "assignment__participation__entry"))
    sheets = sheets.select_related("assignment__seat", "assignment__participation__entry__region__parent", "by")
    rows = [
        VoidableRow(
            "lembar", row.pk, f"{row.assignment.seat.institution}, revisi {row.revision}",
            row.assignment.participation.entry, row.by.name, row.at,
        )
        for row in sheets.order_by("assignment__participation__entry__region", "assignment__seat__position")
    ]  # fmt: skip
    found = latest_visit_findings(stage).filter(_matching(stage, text, "participation__entry"))
    found = found.select_related("participation__entry__region__parent", "by")
    rows += [
        VoidableRow("temuan", row.pk, f"{row.claim}, revisi {row.revision}", row.participation.entry, row.by.name, row.at)
        for row in found.order_by("participation__entry__region", "claim")
    ]
    return rows + _file_rows(stage, text)


def _file_rows(stage, text) -> list[VoidableRow]:
    photos = _photos(stage).filter(_matching(stage, text, "finding__participation__entry"), blob__erased_at=None)
    return [
        VoidableRow(
            "foto", row.pk, row.name, row.finding.participation.entry, row.finding.by.name, row.blob.stored_at
        )
        for row in photos
    ]


def _form_rows(form):
    entry = form.participation.entry
    yield VoidableRow("isian", form.pk, f"revisi {form.revision}", entry, form.by.name, form.at)
    for decision in form.standing_verifications[-1:]:
        word = decision.get_decision_display().lower()
        yield VoidableRow("putusan", decision.pk, word, entry, decision.by.name, decision.at)


def _matching(stage: Stage, text: str, entry: str) -> Q:
    return Q(**{f"{entry}__in": EntriesByName(stage.edition.entries.all()).named(text)}) if text else Q()


def _reach(user, stage) -> Q:
    if user.as_judge(stage.edition).reaches({Role.BUREAU}, stage.edition.region_id):
        return Q()
    found = Q(pk=None)
    for row in user.held_memberships:
        if row.role == Role.REGENCY:
            found |= Q(participation__entry__region__code__startswith=row.region_id + ".")
    return found


def may_know(user, kind: Kind, row, *, now) -> bool:
    return not is_hidden(user, kind.action, kind.subject(row), now=now)


def reason_against(user, kind: Kind, row, *, now) -> str:
    """Return why this person may not void this row now, empty when allowed."""
    return why_not(user, kind.action, kind.subject(row), now=now) or ""

"""The frozen count and what follows from it: places, nominations, advancement, titles."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sp2k.base.models import Blob
from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Entry, Participation
from sp2k.regions.models import Region


class StandingRows(models.Manager):
    """The rows that nobody has taken back."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawn_at=None)


class EveryRow(models.Manager):
    """All rows, also those that were taken back."""


class TakenBack(models.Model):
    """What a regency (or the bureau in its place) may take back before the stage's lock; the row stays, with who and why.

    `objects` are the rows that stand, so that no reader counts another by oversight; `every` holds the others too.
    """

    withdrawn_at = models.DateTimeField("ditarik kembali", null=True)
    withdrawn_reason = models.TextField("alasan ditarik kembali", blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ditarik oleh"
    )
    is_withdrawn_by_bureau = models.BooleanField("ditarik penyelenggara provinsi", default=False)
    objects = StandingRows()
    every = EveryRow()

    class Meta:
        abstract = True


class FrozenTally(TakenBack):
    """A stage's count, stored for good with its very input. `scope` is a regency's code, or empty for the stage.

    Only a regency's ranking can be taken back, and only while the stage is not locked.
    """

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="tallies")
    scope = models.CharField("lingkup", max_length=13, blank=True)
    rules = models.TextField("rules.yaml")
    sheets = models.TextField("sheets.csv")
    places = models.TextField("places.csv")
    trace = models.TextField("jejak.csv")
    input_hash = models.CharField("sidik masukan", max_length=64)
    method = models.CharField("cara dan versi hitung", max_length=60)
    n_sheets = models.PositiveIntegerField("jumlah lembar")
    frozen_at = models.DateTimeField("dibekukan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "scope"], condition=models.Q(withdrawn_at=None), name="one_frozen_tally_per_scope"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(scope="") & ~models.Q(withdrawn_reason=""),
                name="only_a_ranking_is_taken_back_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"Hitungan {self.stage} {self.scope}".strip()


class Placement(models.Model):
    """An entry's place in a frozen tally. `place` is None for an entry without a result, with the reason in `note`."""

    TIED_AT_CUT = "seri di batas"

    tally = models.ForeignKey(FrozenTally, models.PROTECT, related_name="placements")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="placements")
    scope = models.CharField("lingkup", max_length=13, blank=True)
    place = models.PositiveSmallIntegerField("tempat", null=True)
    total = models.CharField("nilai", max_length=40, blank=True)  # as printed and as ranked
    own_total = models.CharField("nilai tahap", max_length=40, blank=True)
    aspects = models.JSONField("nilai aspek", default=dict)
    decided_by = models.CharField("diputus oleh", max_length=60, blank=True)
    is_through = models.BooleanField("lolos", default=False)
    note = models.TextField("keterangan", blank=True)

    class Meta:
        ordering = ["tally", "scope", "place", "participation__entry__region"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "participation"], name="one_placement_per_tally"),
            models.CheckConstraint(
                condition=models.Q(place__isnull=False) & ~models.Q(total="") | models.Q(place=None, is_through=False),
                name="a_place_has_a_total",
            ),
        ]

    def __str__(self):
        return str(self.participation.entry)


class TieRuling(models.Model):
    """How a tie that the declared chain left was ended: proposed by one, ruled by another, beside the frozen count.

    The count keeps saying that they are equal; who reads places reads them through `results.ties.ruled`.
    """

    class Way(models.TextChoices):
        PLENARY = "pleno", _("Rapat pleno")
        SHARED = "berbagi", _("Tempat bersama")

    tally = models.ForeignKey(FrozenTally, models.PROTECT, related_name="rulings")
    scope = models.CharField("lingkup", max_length=13)  # as of its placements
    place = models.PositiveSmallIntegerField("tempat yang seri")
    way = models.CharField("cara", max_length=10, choices=Way)
    order = models.JSONField("urutan")  # region codes, the best first; of a shared place by code
    seats = models.PositiveSmallIntegerField("berapa yang lolos", null=True)  # None: the tie is not at the cut
    reason = models.TextField("alasan")
    minutes_number = models.CharField("nomor berita acara", max_length=80)
    minutes_on = models.DateField("tanggal berita acara")
    present = models.JSONField("yang ikut memutus")  # names with what they are, as minuted
    commitment = models.CharField("ikrar", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    at = models.DateTimeField("diusulkan")
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diputus oleh"
    )
    ruled_at = models.DateTimeField("diputus", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)
    withdrawn_reason = models.TextField("alasan penarikan", blank=True)

    class Meta:
        ordering = ["tally", "scope", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "scope", "place"], condition=models.Q(withdrawn_at=None), name="one_ruling_per_tie"
            ),
            models.CheckConstraint(
                condition=models.Q(ruled_at=None, ruled_by=None)
                | models.Q(ruled_at__isnull=False, ruled_by__isnull=False, withdrawn_at=None),
                name="a_ruling_is_ruled_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(ruled_by=None) | ~models.Q(ruled_by=models.F("by")), name="two_persons_rule_a_tie"
            ),
        ]

    def __str__(self):
        return f"Putusan seri {self.tally}"

    @property
    def is_ruled(self) -> bool:
        return self.ruled_at is not None


class TieVote(models.Model):
    """A juror's voice on a proposed ruling."""

    ruling = models.ForeignKey(TieRuling, models.PROTECT, related_name="votes")
    agrees = models.BooleanField("setuju")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ruling", "by"], name="one_vote_per_person")]

    def __str__(self):
        return f"Suara {self.by}"


class Lot(models.Model):
    """The announcement of a lot: what its seed will be taken from and when, told to all before it is drawn."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="lots")
    source = models.TextField("asal benih")
    draws_at = models.DateTimeField("ditarik pada")
    reason = models.TextField("alasan pengumuman baru", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diumumkan oleh")
    at = models.DateTimeField("diumumkan")
    replaced_at = models.DateTimeField("diganti", null=True)

    class Meta:
        ordering = ["stage", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=models.Q(replaced_at=None), name="one_standing_lot_per_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(draws_at__gt=models.F("at")), name="a_lot_is_announced_before_it_is_drawn"
            ),
        ]

    def __str__(self):
        return f"Undian {self.stage}"


class LotDraw(models.Model):
    """The seed as drawn in presence: written by one, counted once another who was there has signed it."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="draws")
    seed = models.CharField("benih", max_length=200)
    present = models.JSONField("yang hadir")
    commitment = models.CharField("ikrar", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    at = models.DateTimeField("dicatat")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="disahkan oleh"
    )
    signed_at = models.DateTimeField("disahkan", null=True)
    returned_at = models.DateTimeField("dikembalikan", null=True)
    returned_reason = models.TextField("alasan pengembalian", blank=True)

    class Meta:
        ordering = ["lot", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], condition=models.Q(returned_at=None), name="one_standing_draw_per_lot"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by=None)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False, returned_at=None),
                name="a_draw_is_signed_or_returned",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | ~models.Q(signed_by=models.F("by")), name="two_persons_draw_a_lot"
            ),
        ]

    def __str__(self):
        return str(self.lot)


class Nomination(TakenBack):
    """A regency's answer at its selection: the kecamatan it sends, or why it takes no part.

    Where the bureau answered in the regency's place, the reason is the bureau's: `declined_reason` for taking no part,
    `bureau_reason` for a nominee.
    """

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="nominations")
    regency = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="nominations")
    declined_reason = models.TextField("alasan tidak ikut", blank=True)
    is_by_bureau = models.BooleanField("dijawab penyelenggara provinsi", default=False)
    bureau_reason = models.TextField("alasan penyelenggara provinsi", blank=True)
    minutes_number = models.CharField("nomor berita acara", max_length=80, blank=True)
    minutes = models.ForeignKey(
        Blob, models.PROTECT, null=True, related_name="+", verbose_name="berita acara bertanda tangan"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["regency"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "regency"], condition=models.Q(withdrawn_at=None), name="one_nomination_per_regency"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_reason=""),
                name="an_answer_is_taken_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(participation=None) & ~models.Q(declined_reason="")
                | models.Q(participation__isnull=False, declined_reason=""),
                name="a_regency_nominates_or_says_why_not",
            ),
        ]

    def __str__(self):
        return f"Jawaban {self.regency}"

    @property
    def who_answered(self) -> str:
        """Whose answer this is, in words: the regency's own, or the bureau's in its place."""
        return _("penyelenggara provinsi") if self.is_by_bureau else _("kabupaten/kota itu sendiri")

    @property
    def reason_of_bureau(self) -> str:
        """Why the bureau answered in the regency's place; empty where the regency answered itself."""
        return (self.bureau_reason or self.declined_reason) if self.is_by_bureau else ""

    @cached_property
    def proposal(self) -> "SilentAnswer | None":
        """What another of the bureau had proposed and this answer carried out; None where nobody had to."""
        return proposal_done_at(self.stage, self.regency_id, self.at) if self.is_by_bureau else None


class SilentAnswer(models.Model):
    """What one of the bureau proposes to answer in the place of a regency that let the deadline pass; another does it."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="silent_answers")
    regency = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kabupaten/kota")
    is_declining = models.BooleanField("tidak ikut")  # otherwise the ranking by the rules says who is nominated
    reason = models.TextField("alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    at = models.DateTimeField("diusulkan")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dilaksanakan oleh"
    )
    done_at = models.DateTimeField("dilaksanakan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["stage", "regency", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "regency"], condition=models.Q(done_at=None, withdrawn_at=None),
                name="one_open_silent_answer_per_regency",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(withdrawn_at=None), name="a_silent_answer_is_done_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=models.Q(done_by=None) | ~models.Q(done_by=models.F("by")), name="a_silent_answer_needs_two"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Usul jawaban {self.regency}"

    @property
    def is_waiting(self) -> bool:
        """Not done or withdrawn, and made after the deadline that holds: one for a deadline moved since has lapsed."""
        return self.done_at is None and self.withdrawn_at is None and self.at > self.stage.closes_at


def proposal_done_at(stage: Stage, regency: str, at: datetime) -> SilentAnswer | None:
    """The bureau's proposal for a silent regency that was carried out at this instant."""
    return stage.silent_answers.filter(regency=regency, done_at=at).select_related("by", "done_by").first()


class Advancement(models.Model):
    """That a stage's entries have gone on; once."""

    stage = models.OneToOneField(Stage, models.PROTECT, related_name="advancement")
    n_through = models.PositiveIntegerField("jumlah lolos")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    def __str__(self):
        return f"Daftar lolos {self.stage}"


class Award(models.Model):
    """A title given to an entry, copied from the frozen places and from nowhere else."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="awards")
    position = models.PositiveSmallIntegerField("urutan gelar")
    title = models.CharField("gelar", max_length=80)
    placement = models.OneToOneField(Placement, models.PROTECT, related_name="award")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="award")
    is_shared = models.BooleanField("gelar bersama", default=False)  # only by a ruling that the place is shared

    class Meta:
        ordering = ["edition", "position", "entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], condition=models.Q(is_shared=False), name="one_award_per_title"
            )
        ]

    def __str__(self):
        return self.title


class Decision(models.Model):
    """That the leaders approved the result of an edition, with the approvals the edition declared."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="decision")
    commitment = models.CharField("ikrar hasil", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    def __str__(self):
        return f"Penetapan {self.edition}"

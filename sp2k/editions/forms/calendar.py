"""Moving dates: where to, and why."""

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Instant, Text
from sp2k.editions.models import Edition, Stage


class MoveForm(forms.Form):
    """New dates of a stage, or of the announcement where no stage is given."""

    def __init__(self, *args, edition: Edition, stage: Stage | None, **options):
        super().__init__(*args, **options)
        self.stage, zone = stage, edition.zone
        if stage is None:
            self._add("closes_at", translated("Pengumuman"), edition.announced_at, zone)
        else:
            self._add("opens_at", translated("Dibuka"), stage.opens_at, zone)
            self._add("closes_at", translated("Batas akhir"), stage.closes_at, zone)
            if stage.checks_until:
                self._add("checks_until", translated("Batas verifikasi"), stage.checks_until, zone)
        self.fields["reason"] = Text(
            label=_("Alasan"), rows=3, max_length=500, help_text=_("Dibaca semua orang dan dicatat dalam jurnal.")
        )
        self.fields["despite_closed_day"] = forms.BooleanField(
            label=_("Tetap pada hari libur atau akhir pekan"), required=False,
            help_text=_("Centang hanya bila tanggal baru memang sengaja jatuh pada hari libur atau akhir pekan; jelaskan "
                        "dalam alasan."),
        )  # fmt: skip

    def _add(self, name, label, at, zone) -> None:
        self.fields[name] = Instant(zone=zone, label=label, initial=at)

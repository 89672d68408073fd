"""Why a juror does not judge: absent, or in conflict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sp2k.base.pages.fields import Choice, Text
from sp2k.judging.models import Assignment


class AbsenceForm(forms.Form):
    """An absence has a reason; it never becomes a zero."""

    state = Choice(
        label=_("Keadaan"), widget=forms.RadioSelect,
        choices=[
            (Assignment.Attendance.ABSENT, _("Absen: tidak hadir")),
            (Assignment.Attendance.RECUSED, _("Benturan kepentingan: hadir, tetapi tidak menilai")),
        ],
        initial=Assignment.Attendance.ABSENT,
    )  # fmt: skip
    reason = Text(
        label=_("Alasan"),
        rows=2,
        max_length=500,
        help_text=_(
            "Misalnya: dipanggil rapat Sekda. Dimuat dalam berita acara dan keputusan, dan terbuka bagi umum setelah "
            "pengumuman. Jangan menulis penyakit atau hal pribadi lain; cukup: sakit."
        ),
    )

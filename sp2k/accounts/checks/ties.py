"""Conditions of the acts that end a tie."""

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.checks import B, Check, I, K, R, V

no_conflict_in_tie = Check(
    "no_conflict_in_tie",
    lambda user, obj, now: not obj.has_conflict(user),
    _("Anda tidak ikut memutus seri ini karena ada benturan kepentingan dengan salah satu yang seri."),
)
proposes_here = Check(
    "proposes_here",
    lambda user, obj, now: obj.is_of_regency or user.reaches({B}, obj.region_code),
    _("Seri di luar peringkat kabupaten/kota Anda diusulkan putusannya oleh penyelenggara edisi."),
)
rules_here = Check(
    "rules_here",
    lambda user, obj, now: obj.is_ruler(user),
    _("Seri ini diputus oleh ketua panel, atau oleh penyelenggara bila ketua berbenturan; seri dalam peringkat "
      "kabupaten/kota oleh verifikatornya."),
)  # fmt: skip
signs_here = Check(
    "signs_here",
    lambda user, obj, now: obj.is_signer(user),
    _("Benih yang ditarik disahkan ketua panel, atau orang kedua penyelenggara bila panel tidak mempunyai ketua."),
)
sees_tie = Check(
    "sees_tie",
    lambda user, obj, now: user.reaches({R, V, B, K, I}, obj.region_code) or obj.is_held_by(user),
    _("Seri ini dibaca panel yang menilainya."),
)

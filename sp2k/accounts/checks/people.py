"""Conditions of the acts over people and their roles."""

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.checks import B, Check, T

gives_role = Check(
    "gives_role",
    lambda user, obj, now: user.gives(obj.role, obj.region_code),
    _("Peran itu di wilayah itu tidak Anda berikan. Mintalah kepada penyelenggara yang mengelolanya."),
)
in_care = Check(
    "in_care",
    lambda user, obj, now: obj.is_in_care_of(user),
    _("Orang ini memegang peran yang tidak Anda kelola. Mintalah kepada penyelenggara yang mengelolanya."),
)
in_care_or_admin = Check(
    "in_care_or_admin", lambda user, obj, now: obj.is_in_care_of(user) or user.reaches({T}, obj.region_code), in_care.reason
)
not_oneself = Check(
    "not_oneself",
    lambda user, obj, now: obj.person_id != user.pk,
    _("Ini akun Anda sendiri. Data dan kata sandi diubah di halaman profil; peran diubah oleh orang lain."),
)
own_camat = Check(
    "own_camat",
    lambda user, obj, now: obj.is_of_kecamatan or user.reaches({B}, obj.region_code),
    _("Kepala daerah dan sekretaris daerah dicatat penyelenggara provinsi."),
)

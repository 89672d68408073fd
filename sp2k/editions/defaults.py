"""What holds where an edition file is silent: the table that the reader takes values from and the pages words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.roles import Role

FILLING, SELECTION, SCORING, VISIT = KINDS = ("isian", "seleksi", "penilaian", "kunjungan")
_JUDGED = (SCORING, VISIT)


def _always(stage: Mapping) -> bool:
    return True


@dataclass(frozen=True)
class Default:
    """What a key means when it is not written. `value` is what the reader takes; `words` say it to people.

    Parameters
    ----------
    kinds : the kinds of stage in which the key means anything; () for a key of the edition itself
    words_in : what is said instead of `words` in some kinds of stage
    where : whether it means anything in this stage, from its other keys
    """

    value: object
    words: str
    kinds: tuple[str, ...] = KINDS
    where: Callable[[Mapping], bool] = _always
    words_in: Mapping[str, str] = field(default_factory=dict)

    def holds_in(self, stage: Mapping) -> bool:
        return stage.get("jenis") in self.kinds and self.where(stage)


OF_STAGES: dict[str, Default] = {
    "verifikasi_sampai": Default(None, _("verifikasi berakhir bersama pengisian"), (FILLING,)),
    "tempat": Default(None, _("tempat tidak disebut"), _JUDGED),
    "instrumen": Default(None, _("tanpa instrumen sendiri"), (SELECTION,)),
    "kursi": Default((), _("tanpa juri"), (FILLING, SELECTION)),
    "boleh_tidak_ikut": Default(False, _("setiap kabupaten/kota wajib mengajukan calon"), (SELECTION,)),
    "gabung": Default(None, _("menurut instrumen; bila instrumen pun diam, rata-rata juri yang hadir"), _JUDGED),
    "pangkas": Default(None, _("tidak ada nilai yang dipangkas"), _JUDGED),
    "bila_pangkas_kurang": Default(
        "tolak", _("bila nilainya kurang untuk dipangkas, hitungan ditolak"), _JUDGED,
        lambda stage: stage.get("gabung") == "rata_rata_pangkas",
    ),
    "bila_kosong": Default("tolak", _("bila satu nilai kosong, hitungan ditolak"), _JUDGED),
    "bila_tanpa_lembar": Default(
        "tolak", _("bila peserta tanpa lembar, hitungan ditolak"),
        words_in={FILLING: _("satu kecamatan tanpa isian yang diterima menahan kunci seluruh tahap")},
    ),
    "bulat": Default(None, _("nilai tidak dibulatkan; aspek menurut instrumennya")),
    "bawaan": Default(None, _("tanpa nilai dari tahap sebelumnya"), _JUDGED),
    "temuan": Default(None, _("temuan lapang tidak menggerakkan nilai"), (VISIT,)),
    "alasan_ekstrem": Default(None, _("tidak ada nilai yang wajib diberi alasan"), _JUDGED),
    "klaim_oleh_juri": Default(False, _("klaim paparan dicatat ketua dan sekretariat saja"), (SCORING,)),
    "kuota": Default(None, _("tanpa kuota: semua yang mendapat tempat lolos")),
    "seri": Default((), _("tanpa pemutus seri: yang bernilai sama berbagi tempat")),
    "seri_habis": Default(("pleno",), _("seri yang menentukan diputus rapat pleno dengan berita acara")),
    "benih": Default(
        "", _("benih undian diumumkan asalnya, lalu ditarik di hadapan yang disebut"),
        where=lambda stage: "undian" in (stage.get("seri") or ()),
    ),
}  # fmt: skip
OF_EDITIONS: dict[str, Default] = {
    "libur": Default((), _("tidak ada hari libur yang diperingatkan"), ()),
    "pengumuman": Default(None, _("tanpa waktu pengumuman: hasil dapat diterbitkan begitu lengkap"), ()),
    "faktor_kedua": Default(
        (Role.BUREAU.value, Role.ADMIN.value), _("faktor kedua bagi penyelenggara provinsi dan administrator sistem"), ()
    ),
    "desa": Default(None, _("kecamatan dalam kabupaten mempunyai desa, dalam kota tidak"), ()),
}
# Acts whose approvals a file may leave out; those it must declare are checked elsewhere.
OF_APPROVALS: dict[str, Default] = {
    "kunci_tahap": Default((), _("mengunci tahap tidak menunggu persetujuan siapa pun"), ()),
    "kunci_dini": Default((), _("mengunci tahap sebelum batasnya menunggu sedikitnya dua orang"), ()),
    "panel": Default((), _("mengganti orang pada kursi juri tidak menunggu persetujuan siapa pun"), ()),
    "jadwal": Default((), _("memindahkan jadwal tidak menunggu persetujuan siapa pun"), ()),
    "pengumuman": Default((), _("memindahkan waktu pengumuman menunggu sedikitnya dua orang"), ()),
}


def silent_in_stage(stage: Mapping) -> dict[str, str]:
    """Return the keys that a stage leaves out and that mean something there, with what holds instead."""
    return {
        key: str(one.words_in.get(stage["jenis"], one.words))
        for key, one in OF_STAGES.items()
        if stage.get(key) in (None, []) and one.holds_in(stage)
    }


def caution_of(stage: Mapping) -> str:
    """Say what a filling stage does that waits for every kecamatan; empty where the rules leave the silent ones out."""
    if stage.get("jenis") != FILLING or stage.get("bila_tanpa_lembar") == "tidak_dinilai":
        return ""
    return _(
        "Tahap %(name)s menunggu setiap kecamatan: satu saja yang diam, atau yang isiannya tidak diterima, menahan kunci "
        "seluruh tahap. Sesudah aturan dikunci, jalan keluarnya hanya memindahkan batasnya atau menutup edisi tanpa hasil. "
        "Supaya yang diam tidak dinilai, tulis bila_tanpa_lembar: tidak_dinilai pada tahap itu."
    ) % {"name": stage.get("nama", stage.get("kode", ""))}


def silent_in_edition(edition: Mapping) -> dict[str, str]:
    """Return the keys of the edition itself, and its acts, that the file leaves out, with what holds instead."""
    found = {key: str(one.words) for key, one in OF_EDITIONS.items() if edition.get(key) is None}
    declared = edition.get("persetujuan") or {}
    return found | {act: str(one.words) for act, one in OF_APPROVALS.items() if act not in declared}

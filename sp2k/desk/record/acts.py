"""Every type of journal line as a sentence a reader understands, by kind. The list of types is decision 0011."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Either:
    """Two sentences for one type: the first where the body says yes to `key`."""

    key: str
    yes: str
    no: str


Sentence = str | Either


@dataclass(frozen=True)
class Kind:
    """A kind of acts to choose from, and its types with their sentences."""

    slug: str
    label: str
    sentences: Mapping[str, Sentence]


OF_EDITIONS = (
    Kind("aturan", _("Edisi dan aturan"), {
        "edition.open": _("Membuka edisi."),
        "edition.revise": _("Mengubah draf edisi."),
        "abandon.propose": _("Mengusulkan edisi ditutup tanpa hasil."),
        "abandon.withdraw": _("Menarik usul penutupan edisi."),
        "edition.abandon": _("Menutup edisi tanpa hasil."),
        "edition.void": _("Membatalkan draf edisi."),
        "rules.lock": _("Mengunci aturan edisi."),
    }),
    Kind("tanggal", _("Tanggal dan hari libur"), {
        "deadline.extend": _("Memindahkan tanggal %(stage)s dari %(from)s menjadi %(to)s."),
        "deadline.propose": _("Mengusulkan pemindahan tanggal."),
        "deadline.withdraw": _("Menarik usul pemindahan tanggal."),
        "holidays.set": _("Mengubah daftar hari libur; sekarang %(days)s hari."),
    }),
    Kind("persetujuan", _("Persetujuan"), {
        "approval.give": Either("paper", _("Mencatat persetujuan %(role)s: %(act)s."),
                                _("Memberi persetujuan sebagai %(role)s: %(act)s.")),
    }),
    Kind("isian", _("Isian dan verifikasi"), {
        "entries.register": _("Mendaftarkan %(n)s kecamatan sebagai peserta tahap %(stage)s."),
        "entries.rename": _("Membetulkan tulisan nama wilayah %(region)s pada peserta edisi ini."),
        "form.submit": _("Mengirim isian %(entry)s, tahap %(stage)s."),
        "form.accept": _("Menerima isian %(entry)s, tahap %(stage)s."),
        "form.return": _("Mengembalikan isian %(entry)s, tahap %(stage)s."),
        "innovation.write": Either("again", _("Mengubah inovasi nomor %(number)s dari %(entry)s."),
                                   _("Menulis inovasi nomor %(number)s dari %(entry)s.")),
        "innovation.void": _("Membatalkan inovasi nomor %(number)s dari %(entry)s."),
    }),
    Kind("kabupaten", _("Peringkat dan calon kabupaten/kota"), {
        "regency.rank": _("Menetapkan peringkat %(regency)s, tahap %(stage)s."),
        "nominee.set": _("Mengusulkan %(entry)s sebagai wakil, tahap %(stage)s."),
        "nominee.decline": _("Menyatakan %(regency)s tidak ikut tahap %(stage)s."),
        "nominee.revoke": Either("entry", _("Menarik kembali calon %(entry)s, tahap %(stage)s."),
                                 _("Menarik kembali pernyataan tidak ikut %(regency)s, tahap %(stage)s.")),
        "ranking.revoke": _("Menarik kembali peringkat %(regency)s, tahap %(stage)s."),
        "silence.propose": _("Mengusulkan jawaban bagi %(regency)s yang belum menjawab, tahap %(stage)s: %(answer)s."),
        "silence.withdraw": _("Menarik usul jawaban bagi %(regency)s, tahap %(stage)s."),
        "minutes.correct": _("Memperbaiki nomor berita acara %(regency)s dari \"%(from)s\" menjadi \"%(to)s\"."),
        "minutes.upload": _("Mengunggah berita acara %(regency)s yang ditandatangani, tahap %(stage)s."),
    }),
    Kind("panel", _("Panel, jadwal, dan kehadiran"), {
        "panel.lock": _("Menetapkan %(seats)s kursi juri tahap %(stage)s."),
        "panel.seat": Either("replaces", _("Mengganti orang pada kursi %(seat)s, tahap %(stage)s."),
                             _("Mendudukkan orang pada kursi %(seat)s, tahap %(stage)s.")),
        "panel.propose": _("Mengusulkan pergantian orang pada kursi %(seat)s, tahap %(stage)s."),
        "panel.withdraw": _("Menarik usul pergantian pada kursi %(seat)s, tahap %(stage)s."),
        "conflict.declare": _("Mencatat benturan kepentingan kursi %(seat)s dengan %(entry)s, tahap %(stage)s."),
        "jurors.assign": _("Menugaskan juri tahap %(stage)s: %(n)s tugas baru."),
        "duty.void": _("Mencabut tugas kursi %(seat)s menilai %(entry)s, tahap %(stage)s."),
        "attendance.record": _("Mencatat kursi %(seat)s untuk %(entry)s, tahap %(stage)s: %(state)s."),
        "schedule.set": Either("removed", _("Menghapus sebuah sesi tahap %(stage)s."),
                               _("Menyusun sesi %(session)s, tahap %(stage)s.")),
        "order.draw": _("Mengundi urutan peserta tahap %(stage)s dengan benih \"%(seed)s\"."),
        "order.swap": _("Menukar giliran %(entries)s, tahap %(stage)s."),
        "reminder.send": _("Mencatat pengingat kepada %(roles)s, tahap %(stage)s."),
    }),
    Kind("penilaian", _("Lembar dan kunjungan"), {
        "sheet.submit": _("Menyegel lembar penilaian %(entry)s, tahap %(stage)s."),
        "sheet.revise": _("Menyegel revisi lembar penilaian %(entry)s, tahap %(stage)s."),
        "sheet.late": _("Menyegel lembar terlambat %(entry)s, tahap %(stage)s."),
        "sheet.correct": _("Menghitung lembar terlambat %(entry)s lewat koreksi, tahap %(stage)s."),
        "correction.propose": _("Mengusulkan lembar terlambat %(entry)s dihitung, tahap %(stage)s."),
        "correction.approve": _("Menyetujui lembar terlambat %(entry)s dihitung, tahap %(stage)s."),
        "correction.refuse": _("Memutus lembar terlambat %(entry)s tidak dihitung, tahap %(stage)s."),
        "visit.plan": _("Menetapkan rencana kunjungan %(entry)s: %(n)s klaim."),
        "visit.place": _("Mencatat tempat %(n)s klaim kunjungan %(entry)s."),
        "visit.finding": _("Mencatat temuan lapang di %(entry)s, tahap %(stage)s."),
        "claim.note": _("Mencatat klaim paparan %(entry)s, tahap %(stage)s."),
        "claim.void": _("Membatalkan klaim paparan %(entry)s, tahap %(stage)s."),
    }),
    Kind("kertas", _("Lembar kertas"), {
        "paper.print": _("Mencetak %(n)s lembar kosong tahap %(stage)s."),
        "paper.type": _("Mengetik kertas %(entry)s, tahap %(stage)s."),
        "paper.settle": _("Menyelesaikan %(n)s perbedaan ketikan sebuah kertas, tahap %(stage)s."),
        "paper.scan": _("Mengunggah pindaian sebuah kertas, tahap %(stage)s."),
        "paper.confirm": _("Mengonfirmasi kertas sendiri, tahap %(stage)s."),
        "paper.object": _("Menyatakan keberatan atas ketikan kertas sendiri, tahap %(stage)s."),
        "paper.withdraw": _("Menarik sebuah kertas, tahap %(stage)s."),
        "paper.erase": _("Menghapus pindaian sebuah kertas, tahap %(stage)s."),
    }),
    Kind("pembatalan", _("Kekeliruan yang dibatalkan"), {
        "form.void": _("Membatalkan isian %(entry)s, tahap %(stage)s."),
        "verification.void": _("Membatalkan putusan verifikasi %(entry)s, tahap %(stage)s."),
        "sheet.void": _("Membatalkan lembar juri untuk %(entry)s, tahap %(stage)s."),
        "finding.void": _("Membatalkan temuan lapang di %(entry)s, tahap %(stage)s."),
        "file.erase": _("Menghapus berkas yang keliru dari %(entry)s, tahap %(stage)s."),
    }),
    Kind("penutupan", _("Penutupan dan hasil"), {
        "stage.lock.propose": _("Mengusulkan mengunci tahap %(stage)s sebelum batasnya: %(n)s dari %(of)s masuk."),
        "stage.lock.withdraw": _("Menarik usul mengunci tahap %(stage)s sebelum batasnya."),
        "stage.lock.early": _("Mengunci tahap %(stage)s sebelum batasnya: %(n)s dari %(of)s masuk, "
                              "%(lost)s kehilangan waktu."),
        "sheets.lock": _("Mengunci tahap %(stage)s dengan %(n)s lembar."),
        "tally.frozen": _("Membekukan hitungan tahap %(stage)s atas %(n)s lembar."),
        "stage.advance": _("Meloloskan %(n)s peserta dari tahap %(stage)s ke tahap %(next)s."),
        "lot.announce": _("Mengumumkan undian pemutus seri tahap %(stage)s: %(source)s."),
        "lot.draw": _("Mencatat benih undian tahap %(stage)s: %(seed)s."),
        "lot.sign": _("Mengesahkan benih undian tahap %(stage)s: %(seed)s."),
        "lot.return": _("Mengembalikan catatan benih undian tahap %(stage)s."),
        "tie.propose": _("Mengusulkan putusan atas seri pada tahap %(stage)s."),
        "tie.vote": Either(
            "agrees", _("Menyetujui usul putusan seri pada tahap %(stage)s."),
            _("Tidak menyetujui usul putusan seri pada tahap %(stage)s."),
        ),
        "tie.rule": _("Memberlakukan putusan seri pada tahap %(stage)s."),
        "tie.withdraw": _("Menarik usul putusan seri pada tahap %(stage)s."),
        "titles.give": _("Memberikan %(n)s gelar menurut hitungan tahap %(stage)s."),
        "result.seal": _("Menetapkan hasil."),
        "result.return": _("Mengembalikan hasil kepada penyelenggara, untuk kali ke-%(number)s."),
        "result.propose": _("Menjawab pengembalian ke-%(number)s dan mengajukan hasil lagi."),
        "minutes.make": _("Membuat berita acara tahap %(stage)s."),
        "decree.attach": _("Menerbitkan keputusan."),
        "head.send": _("Mencatat bahwa kepala jurnal (%(size)s baris) dikirim kepada kabupaten/kota."),
        "amendment.propose": _("Mengusulkan pembetulan keputusan ke-%(number)s."),
        "amendment.withdraw": _("Menarik usul pembetulan keputusan ke-%(number)s."),
        "decree.amend": _("Menyetujui pembetulan keputusan ke-%(number)s."),
        "result.publish": _("Mengumumkan hasil dengan keputusan nomor %(decree)s."),
    }),
)  # fmt: skip
OF_THE_INSTALLATION = (
    Kind("akun", _("Akun"), {
        "account.create": _("Membuat akun %(person)s: %(role)s."),
        "account.edit": _("Mengubah data %(person)s."),
        "account.invite": _("Membuat tautan masuk untuk %(person)s."),
        "account.close": _("Menonaktifkan akun %(person)s."),
        "account.open": _("Mengaktifkan akun %(person)s."),
        "role.give": _("Memberi %(person)s peran %(role)s."),
        "role.paper": _("Mencatat surat pimpinan %(number)s yang menugaskan pengawas: %(role)s."),
        "role.withdraw": _("Menarik catatan surat pimpinan %(number)s."),
        "role.take": _("Mencabut dari %(person)s peran %(role)s."),
        "invitation.use": _("Memakai tautan masuk milik %(person)s."),
        "invitation.withdraw": _("Menarik tautan masuk milik %(person)s."),
        "password.change": _("Mengganti kata sandi %(person)s."),
        "password.reset": _("Menyetel ulang kata sandi %(person)s dari server."),
        "factor.begin": _("Mulai memasang faktor kedua %(person)s."),
        "factor.set": _("Memasang faktor kedua %(person)s."),
        "factor.codes": _("Membuat kode pemulihan baru untuk %(person)s."),
        "factor.recovery": _("Masuk dengan kode pemulihan milik %(person)s."),
        "factor.leave": _("Melepas faktor kedua sendiri (%(person)s)."),
        "factor.remove": _("Melepas faktor kedua %(person)s."),
        "sessions.end": _("Mengakhiri semua sesi %(person)s."),
        "people.import": _("Memuat daftar orang: %(new)s baru, %(changed)s berubah, %(same)s tetap."),
    }),
    Kind("pejabat", pgettext_lazy("catatan", "Pejabat"), {
        "officeholder.add": _("Mencatat %(office)s di %(region)s."),
        "officeholder.end": _("Mengakhiri masa jabatan %(office)s di %(region)s."),
        "officeholder.correct": _("Memperbaiki catatan %(office)s di %(region)s."),
    }),
    Kind("wilayah", pgettext_lazy("catatan", "Wilayah"), {
        "region.list": _("Menerapkan daftar wilayah %(decree)s: %(new)s baru, %(renamed)s berganti nama."),
        "region.match": Either("same", _("Daftar wilayah %(decree)s: %(was)s tetap wilayah yang sama, kini %(is)s."),
                               _("Daftar wilayah %(decree)s: %(was)s dan %(is)s adalah dua wilayah.")),
        "region.correct": _("Membetulkan nama wilayah %(from)s menjadi %(to)s."),
    }),
)  # fmt: skip
KINDS = (*OF_EDITIONS, *OF_THE_INSTALLATION)
SENTENCES: dict[str, Sentence] = {type: text for kind in KINDS for type, text in kind.sentences.items()}


def sentence_of(type: str, body: Mapping, told: Mapping) -> str:
    """Return what a line says; `told` answers each name in the sentence, read from the body and the rows behind it."""
    found = SENTENCES.get(type)
    if found is None:
        return str(_("Tindakan %(type)s.") % {"type": type})
    text = (found.yes if body.get(found.key) else found.no) if isinstance(found, Either) else found
    parts = [str(text) % told]
    if isinstance(revision := body.get("rev"), int) and revision > 1 and not type.startswith("paper."):
        parts.append(str(_("Revisi %(n)s.") % {"n": revision}))
    if paper := body.get("paper"):
        parts.append(str(_("Dengan surat nomor %(number)s.") % {"number": paper[0]}))
    if body.get("lapsed"):
        parts.append(str(_("Persetujuan penguncian yang sudah diberikan gugur dan diminta lagi.")))
    if body.get("late"):
        parts.append(str(_("Kertas itu disimpan sebagai lembar terlambat.")))
    if reason := body.get("reason"):
        parts.append(str(_("Alasan: %(reason)s") % {"reason": reason}))
    return " ".join(parts)

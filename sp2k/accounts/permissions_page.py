"""docs/permissions.md, printed from the policy table. `make docs` writes it; a test fails when it is stale."""

from pathlib import Path

from sp2k.accounts.policy import POLICY, Rule
from sp2k.accounts.roles import Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

SENTENCES = {
    "edition.open": "Membuka edisi",
    "edition.revise": "Mengubah draf edisi",
    "edition.void": "Membatalkan draf edisi",
    "edition.abandon": "Menutup edisi tanpa hasil: mengusulkan, menyetujui sebagai orang kedua, menarik usul",
    "rules.read": "Membaca aturan edisi",
    "rules.lock": "Mengunci aturan edisi",
    "dates.move": "Memindahkan tanggal tahap",
    "holidays.set": "Mengubah hari libur edisi",
    "approval.give": "Memberi persetujuan yang diminta edisi",
    "region.correct": "Membetulkan nama wilayah",
    "region.load": "Memuat daftar wilayah yang lebih baru",
    "officeholder.keep": "Mencatat pejabat dan masa jabatannya",
    "entries.register": "Mendaftarkan kecamatan sebagai peserta",
    "people.read": "Melihat orang di wilayahnya",
    "role.give": "Memberi dan mencabut peran, termasuk bagi orang baru",
    "role.paper": "Mencatat surat pimpinan yang menugaskan pengawas, sebagai pencatat pertama atau kedua",
    "account.edit": "Mengubah data orang",
    "account.invite": "Mengundang dan menyetel ulang akses",
    "account.close": "Menonaktifkan dan mengaktifkan akun",
    "factor.remove": "Melepas faktor kedua orang lain",
    "form.fill": "Mengisi formulir dan melampirkan bukti",
    "draft.read": "Membaca draf isian yang belum dikirim",
    "innovation.write": "Menulis, mengubah, dan membatalkan inovasi",
    "form.verify": "Menerima atau mengembalikan formulir",
    "regency.rank": "Membuat peringkat kabupaten/kota",
    "nominee.set": "Mengusulkan wakil kabupaten/kota",
    "nominee.decline": "Menyatakan kabupaten/kota tidak ikut",
    "nominee.revoke": "Menarik kembali calon atau pernyataan tidak ikut",
    "ranking.revoke": "Menarik kembali peringkat kabupaten/kota",
    "silence.answer": "Menjawab bagi kabupaten/kota yang diam (dua orang)",
    "minutes.correct": "Memperbaiki nomor berita acara peringkat",
    "minutes.upload": "Mengunggah berita acara peringkat yang ditandatangani",
    "panel.seat": "Mendudukkan orang pada kursi juri",
    "conflict.declare": "Menyatakan benturan kepentingan",
    "jurors.assign": "Menugaskan juri",
    "order.draw": "Mengundi urutan peserta",
    "schedule.set": "Menyusun sesi dan menukar giliran",
    "attendance.record": "Mencatat kehadiran juri",
    "sheet.write": "Menulis dan merevisi lembar penilaian",
    "draft.keep": "Menyimpan draf lembar penilaian",
    "sheet.late": "Menyegel lembar penilaian yang terlambat",
    "visit.plan": "Memilih klaim yang dikunjungi dan tempatnya",
    "visit.record": "Mencatat temuan tinjau lapang",
    "claim.read": "Membaca klaim yang dicatat saat paparan",
    "claim.note": "Mencatat klaim yang diucapkan saat paparan",
    "form.void": "Membatalkan isian yang keliru",
    "verification.void": "Membatalkan putusan verifikasi yang keliru",
    "file.erase": "Menghapus berkas yang keliru diunggah",
    "photo.erase": "Menghapus foto kunjungan yang keliru diambil",
    "sheet.void": "Membatalkan lembar juri yang keliru",
    "finding.void": "Membatalkan temuan lapang yang keliru",
    "paper.print": "Mencetak lembar kosong",
    "paper.type": "Mengetik, menyelesaikan, memindai, dan menarik lembar kertas",
    "paper.confirm": "Mengonfirmasi lembar kertas sendiri atau menyatakan keberatan",
    "paper.read": "Membaca keadaan lembar kertas",
    "paper.scan": "Membaca isi dan pindaian lembar kertas",
    "reminder.send": "Mengingatkan yang terlambat",
    "late.read": "Melihat lembar terlambat yang menunggu putusan, tanpa nilainya",
    "correction.propose": "Mengusulkan lembar terlambat dihitung",
    "correction.approve": "Menyetujui lembar terlambat dihitung",
    "correction.refuse": "Memutus lembar terlambat tidak dihitung",
    "stage.lock": "Mengunci tahap",
    "stage.lock_early": "Mengunci tahap sebelum tenggatnya, bersama yang menyetujui",
    "results.freeze": "Membekukan hitungan tahap",
    "stage.advance": "Meloloskan peserta ke tahap berikut",
    "lot.announce": "Mengumumkan asal benih undian dan waktu penarikannya",
    "lot.draw": "Mencatat benih undian yang ditarik di hadapan yang disebut",
    "lot.sign": "Mengesahkan atau mengembalikan catatan benih undian",
    "tie.propose": "Mengusulkan putusan seri sesudah pemutus seri habis, dengan berita acaranya",
    "tie.vote": "Memberi suara atas usul putusan seri",
    "tie.rule": "Memutus seri yang diusulkan",
    "tie.read": "Membaca seri, usul putusannya, dan putusannya",
    "titles.give": "Memberikan gelar",
    "result.decide": "Menetapkan hasil",
    "result.return": "Mengembalikan hasil kepada penyelenggara, dengan alasan",
    "result.propose": "Menjawab pengembalian dan mengajukan hasil lagi",
    "minutes.make": "Membuat berita acara tahap yang dinilai juri",
    "decree.issue": "Menerbitkan keputusan",
    "amendment.propose": "Mengusulkan pembetulan keputusan",
    "amendment.approve": "Menyetujui pembetulan keputusan",
    "result.publish": "Mengumumkan hasil",
    "form.read": "Membaca isian",
    "innovation.read": "Membaca inovasi kecamatan",
    "ranking.read": "Melihat peringkat di dalam kabupaten/kota",
    "duty.read": "Melihat tugas menilai",
    "sheet.read": "Membaca lembar penilaian",
    "visit.follow": "Mengikuti kunjungan: tim, waktu, dan jumlah klaim yang sudah diperiksa",
    "visit.read": "Membaca temuan tinjau lapang",
    "panel.read": "Melihat kursi juri, benturan, dan penugasan",
    "schedule.read": "Melihat giliran peserta",
    "progress.read": "Membaca kemajuan",
    "result.read": "Membaca hasil sebelum diumumkan",
    "stage.read": "Membuka halaman tahap: yang kurang, persetujuan, penguncian",
    "decision.read": "Membuka halaman keputusan: gelar, persetujuan, naskah, pengumuman",
    "places.read": "Membaca tempat peserta sesudah tahap dikunci",
    "minutes.read": "Membaca berita acara tahap",
    "amendment.read": "Membaca pembetulan keputusan sebelum diumumkan",
    "places.export": "Mengunduh tempat peserta",
    "marks.export": "Mengunduh lembar, jejak, dan lembar kerja hitungan",
    "certainty.read": "Melihat seberapa yakin tempat peserta",
    "jurors.name": "Melihat lembaga di balik nama samaran juri",
    "analysis.read": "Membaca dan mengekspor angka analisis",
    "contributions.read": "Melihat sumbangan tiap indikator terhadap nilai",
    "integrity.read": "Membaca pemeriksaan keutuhan terakhir; rinciannya dibaca penyelenggara dan pengawas",
    "head.send": "Mencatat bahwa kepala jurnal dikirim kepada kabupaten/kota",
    "journal.read": "Membaca catatan tindakan: miliknya sendiri, dan milik orang lain menurut perannya",
}

# What each check of the policy asks for, as the state that must hold: by the name of the check.
CONDITIONS = {
    "own_seat": "tugas menilai itu miliknya sendiri",
    "no_conflict": "tidak berbenturan kepentingan dengan peserta itu",
    "not_own_proposal": "bukan usulnya sendiri",
    "no_conflict_inside": "tidak berbenturan kepentingan dengan satu pun peserta dalam berkas itu",
    "seen_duty": "tugas itu miliknya sendiri; bagi biro, ketua juri, dan pengawas: tanpa benturan kepentingan",
    "own_sheet_or_no_conflict": "lembar itu miliknya sendiri, atau tidak berbenturan kepentingan dengan pesertanya",
    "not_own_entry": "bukan isian kecamatannya sendiri",
    "before_acceptance": "bagi kecamatan: isian itu belum diterima verifikator",
    "no_conflict_in_tie": "tidak berbenturan kepentingan dengan satu pun yang seri, dan tidak bertugas di sana",
    "proposes_here": "bagi kabupaten/kota: seri dalam peringkatnya sendiri",
    "rules_here": "ia ketua panel tahap itu; biro bila ketua tidak ada atau berbenturan; dalam peringkat kabupaten/kota "
    "verifikatornya",
    "signs_here": "ia ketua panel tahap itu; biro bila panel tidak mempunyai ketua",
    "sees_tie": "bagi juri: panel yang menilai tahap itu",
    "own_turn": "bagi juri: giliran peserta yang dinilainya",
    "not_own_sheet": "bukan lembarnya sendiri",
    "rules_unlocked": "aturan edisi belum dikunci",
    "not_abandoned": "edisi tidak ditutup tanpa hasil",
    "not_voided": "edisi tidak dibatalkan",
    "rules_known": "aturan edisi sudah dikunci; bagi yang bertugas di wilayahnya juga sebelumnya",
    "rules_locked": "aturan edisi sudah dikunci",
    "stage_begun": "tahap sudah dimulai",
    "answers_closed": "batas waktu tahapnya sudah lewat",
    "stage_over": "tahap sudah lewat batas waktunya atau dikunci",
    "own_or_stage_locked": "lembar itu miliknya sendiri, atau tahapnya sudah dikunci",
    "stage_open": "tahap sedang dibuka",
    "checks_open": "masa verifikasi tahap sedang berlangsung",
    "stage_unlocked": "tahap belum dikunci",
    "stage_locked": "tahap sudah dikunci",
    "not_published": "hasil edisi belum diumumkan",
    "at_decision": "bagi pimpinan: tahap terakhir sudah dikunci",
    "gives_role": "peran itu di wilayah itu memang diberikan olehnya",
    "in_care": "semua peran orang itu dikelola olehnya",
    "in_care_or_admin": "semua peran orang itu dikelola olehnya, atau ia administrator sistem wilayah itu",
    "not_oneself": "bukan akunnya sendiri",
    "no_other_juror": "bukan juri di wilayah itu selain ketuanya, selama hasil edisi belum diumumkan",
    "own_or_office": "kertas itu miliknya sendiri; bagi biro dan pengawas tanpa syarat ini",
    "not_a_juror": "bukan juri di wilayah itu",
    "paper_in_hand": "kertas itu ada di tangannya; bagi biro, ketua juri, dan pengawas: setelah tahap dikunci, tanpa benturan",
    "on_the_visit": "anggota tim kunjungannya; bagi biro dan pengawas tanpa syarat ini; bagi kecamatan dan kabupaten/kotanya "
    "setelah hasil diumumkan",
    "notes_claims": "bagi juri: aturan tahap meminta juri mencatat klaim paparan",
    "findings_readable": "anggota tim atau pengawas; bagi biro setelah tahap dikunci; bagi yang lain setelah hasil diumumkan",
    "from_selection": "bagi provinsi dan pengawas: tahap peringkat kabupaten/kota sudah dimulai",
    "judged_entry": "bagi juri: peserta yang dinilainya; bagi ketua juri juga peserta lain di hadapan juri; tanpa benturan",
    "after_selection": "bagi provinsi: tahap peringkat kabupaten/kota sudah selesai",
    "once_published": "bagi provinsi: hasil edisi sudah diumumkan",
    "around": "bertugas di wilayah edisi itu, di atasnya, atau di dalamnya",
    "own_camat": "bagi kabupaten/kota: jabatan camat; kepala daerah dan sekretaris daerah dicatat biro",
}

HEADING = """\
# Siapa boleh melakukan apa

Halaman ini dicetak dari `sp2k/accounts/policy.py` oleh `make docs`; jangan disunting dengan tangan.
Tindakan yang tidak tercantum ditolak. Peran hanya berlaku di dalam wilayahnya: kode `35.10` mencakup `35.10.13`.
Siapa yang memegang B di samping J atau K membaca dan bertindak sebagai juri saja sejak aturan edisi dikunci sampai hasilnya
diumumkan; yang tetap terbuka baginya hanya tanggal dan hari libur. Siapa yang memegang I di samping J, K, B, atau G tidak
mempunyai hak pengawas. Tempat tahap peringkat, dan tempat tahap pengisian sebelumnya, dibaca menurut `ranking.read`.
Syarat ditulis sebagai keadaan yang harus terpenuhi; semua syarat sebaris harus terpenuhi bersama.

| tindakan | nama dalam kode | peran | syarat atas objeknya | syarat atas keadaannya |
|---|---|---|---|---|
"""

PROTOCOL = """
## Yang harus dijawab setiap objek

Syarat hanya bertanya kepada objek yang diberikan kepadanya:
`region_code` (kode wilayahnya), `stage` dan `edition` (tempatnya),
`is_held_by(user)` (apakah tugas itu miliknya), `has_conflict(user)` (apakah ada benturan kepentingan yang tercatat),
`is_at_decision` (apakah tahap terakhir sudah dikunci), `is_accepted` (apakah isian sudah diterima verifikator).
Untuk seri: `is_of_regency` (apakah seri itu dalam peringkat kabupaten/kota), `is_ruler(user)` (apakah ia yang memutus).
Untuk undian: `is_signer(user)` (apakah ia yang mengesahkan benihnya).
Untuk akun: `person_id` (milik siapa), `role` (peran apa yang diberikan), dan
`is_in_care_of(user)` (apakah semua perannya dikelola orang itu, menurut `GIVES` dalam `sp2k/accounts/roles.py`).
Untuk kertas: `is_in_hands_of(user)` (apakah kertasnya ada di tangannya: jurinya, atau pengetiknya sampai dikonfirmasi).
"""


def page() -> str:
    """Return the page: a line an action, in the order of the policy table, and the letters of the roles below it."""
    lines = [_line(action, rule) for action, rule in POLICY.items()]
    letters = [f"- **{role.value}** {role.label}" for role in Role]
    return HEADING + "".join(lines) + "\n## Huruf peran\n\n" + "\n".join(letters) + "\n" + PROTOCOL


def write() -> None:
    """Write the page to docs/permissions.md."""
    PAGE.write_text(page(), encoding="utf-8")


def _line(action: str, rule: Rule) -> str:
    roles = ", ".join(role.value for role in Role if role in rule.roles)
    within = roles if rule.reach else f"{roles} (di mana pun)"
    return f"| {SENTENCES.get(action, '')} | `{action}` | {within} | {_conditions(rule.own)} | {_conditions(rule.state)} |\n"


def _conditions(checks) -> str:
    return "<br>".join(CONDITIONS[check.name] for check in checks) or "–"

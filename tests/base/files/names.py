"""Sixty names as people, programs and ill-willed people write them: how each is typed, and how it is kept (None: refused)."""

import unicodedata

NFD = "NFD"
PLAIN = [
    "Rogojampi", "Ra'as", "Ra\u2019as", "Bukit Tinggi (Kota)", "Nusa Penida", "Aék Nabara", "Té\u2019kè", "Señor Ñusta",
    "Çelebi", "Müller Übung", "Łódź", "Ångström", "Đakovo", "Đặng Thị Mười", "Ólafur Þór", "Siti 'Aisyah, S.Sos.",
    "I Gusti Ngurah; M.Si", "Dr. H. Ahmad \"Udin\"", "<script>alert(1)</script>", "O'Brien & Anak", "100% Maju",
    "Kec. Sumber/Wetan", "Yogyakarta – Utara", "محمد", "山田太郎", "ᮊᮥᮔᮤᮀᮔ᮪", "Пётр Иванович", "Ωmega 10 μg", "Desa kΩ",
    "👍 Bagus",
]  # fmt: skip
FORMULAS = [
    '=HYPERLINK("http://jahat.test";"klik")', "=1+1", "+62811234567", "-Tanjung", "@SUM(1+1)*cmd|' /C calc'!A0", "＝1+1",
    "＋1", "＠SUM(A1)", "=cmd|' /C calc'!A0", "-2+3",
]  # fmt: skip
CHANGED = {
    "Rogo\u200bjampi": "Rogojampi", "\ufeffRogojampi": "Rogojampi", "Rogo\u00adjampi": "Rogojampi",
    "Rogo\u2060jampi": "Rogojampi", "Rogo\u200djampi": "Rogojampi", "\u200eRogojampi\u200f": "Rogojampi",
    "Tanjung\u00a0Palas": "Tanjung Palas", "Tanjung\u202fPalas": "Tanjung Palas", "\tTanjung Palas ": "Tanjung Palas",
    "Tanjung\u3000Palas": "Tanjung Palas", unicodedata.normalize(NFD, "Aék Nabara"): "Aék Nabara",
    unicodedata.normalize(NFD, "Đặng Thị Mười"): "Đặng Thị Mười",
    unicodedata.normalize(NFD, "Ångström"): "Ångström", "\u212bngström": "Ångström",
}  # fmt: skip
REFUSED = [
    "Rogo\u202ejampi", "\u2066Rogojampi\u2069", "Rogo\x00jampi", "R\u043egojampi", "Rogoj\u0430mpi", "R\u03bfgojampi",
]  # fmt: skip
NAMES: dict[str, str | None] = {name: name for name in (*PLAIN, *FORMULAS)} | CHANGED | dict.fromkeys(REFUSED)

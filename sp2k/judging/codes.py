"""The code on a sheet of paper: twelve characters that nobody guesses, the last of which catches a slip of the finger."""

import secrets

from sp2k.base.refusals import BadInput

# Without 0 and O, 1, I and L. Thirty-one is a prime: every single wrong character and every swap of two is noticed.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_GROUP = 4


def new_code() -> str:
    """Return a fresh code: eleven random characters (54 bits) and the one that checks them."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1))
    return drawn + check_letter(drawn)


def check_letter(drawn: str) -> str:
    """Return the character that checks the others: their places weigh 1, 2, 3, … modulo 31."""
    return LETTERS[sum(weight * LETTERS.index(letter) for weight, letter in enumerate(drawn, start=1)) % len(LETTERS)]


def grouped(code: str) -> str:
    """Return `7K4Q-M2XW-9RTB`: a code as it is printed and read out."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(typed: object) -> str:
    """Return a code as it is kept; small letters, blanks and dashes do not matter.

    Raises
    ------
    BadInput
        With a sentence for: empty, a wrong length, a character that no code has, a check that fails.
    """
    code = "".join(str(typed).split()).replace("-", "").replace("–", "").upper()
    if not code:
        raise BadInput("Ketik kode yang tercetak di sudut kanan atas kertas.")
    if strange := next((letter for letter in code if letter not in LETTERS), None):
        raise BadInput(f'Kode tidak pernah memuat "{strange}" (angka 0 dan 1 serta huruf O, I, dan L tidak dipakai). '
                       "Periksa kertasnya.")  # fmt: skip
    if len(code) != LENGTH:
        raise BadInput(f"Kode terdiri atas {LENGTH} huruf dan angka; Anda mengetik {len(code)}. Periksa kertasnya.")
    if check_letter(code[:-1]) != code[-1]:
        raise BadInput("Kode salah ketik: huruf terakhirnya tidak cocok dengan yang lain. Periksa kertasnya.")
    return code

"""What a coefficient is called, so that an officer need not know its scale."""

# Koo & Li (2016) J. Chiropr. Med. 15:155-163: below .50 poor, to .75 moderate, to .90 good, above excellent.
RELIABILITY = ((0.9, "sangat baik"), (0.75, "baik"), (0.5, "sedang"), (float("-inf"), "lemah"))
# Krippendorff (2004) Content Analysis, ch. 11: .800 to rely on, .667 for tentative conclusions.
AGREEMENT = ((0.8, "kuat"), (0.667, "cukup"), (float("-inf"), "lemah"))


def reliability_word(value: float) -> str:
    return next(word for least, word in RELIABILITY if value >= least)


def agreement_word(value: float) -> str:
    return next(word for least, word in AGREEMENT if value >= least)

"""Addresses of ties and lots: the sample editions have neither, so that their pages are found by nobody."""

OF_A_LOT = tuple(f"results:{name}" for name in ("lot", "lot-announce", "lot-draw", "lot-sign", "lot-return"))


def ties(wanted):
    """No count of the sample editions ends in a tie that decides something: the first place of each is no tie."""
    for stage in wanted.stages[:2]:
        yield None, {"edition": stage.edition.code, "code": stage.code, "scope": "semua", "place": 1}
    yield None, {"edition": wanted.editions[0].code, "code": "tidak-ada", "scope": "35.99", "place": 1}


def without_lot(wanted):
    """No sample edition ends its tie-breaks with a lot: their stages have no page of one."""
    for stage in wanted.stages[:2]:
        yield None, {"edition": stage.edition.code, "code": stage.code}


def editions_by_name(wanted):
    for edition in wanted.editions:
        yield edition, {"edition": edition.code}
    yield None, {"edition": "tidak-ada"}

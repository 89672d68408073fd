"""What is sealed of a ruling that ends a tie."""

from sp2k.results.models import TieRuling


def ruling_content(ruling: TieRuling) -> dict:
    """Return what the commitment of a ruling is to: an opener holds the row against its line with it."""
    stage = ruling.tally.stage
    return sealed_content(stage.edition.code, stage.code, ruling.scope, ruling.place, {
        "way": ruling.way, "order": ruling.order, "seats": ruling.seats, "reason": ruling.reason,
        "minutes_number": ruling.minutes_number, "minutes_on": ruling.minutes_on, "present": ruling.present,
    })  # fmt: skip


def sealed_content(edition: str, stage: str, scope: str, place: int, fields: dict) -> dict:
    """Return the content that seals a ruling; `fields` are those of its row."""
    told = {key: fields[key] for key in ("way", "order", "reason", "present")}
    return told | {
        "edition": edition, "stage": stage, "scope": scope, "place": place,
        "seats": -1 if fields["seats"] is None else fields["seats"],
        "minutes": [fields["minutes_number"], fields["minutes_on"].isoformat()],
    }  # fmt: skip

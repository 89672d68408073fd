"""A frozen count with other content, told by a line of its own as the act would tell it: what follows from it must change."""

from django.db import transaction

from sp2k.accounts.models import User
from sp2k.journal import actions as journal
from sp2k.results.frozen import input_hash, sealed_tally
from sp2k.results.models import FrozenTally


@transaction.atomic
def freeze_as(tally: FrozenTally, **texts: str) -> FrozenTally:
    """Put other texts into a frozen count, e.g. ``places=...``, and seal it anew."""
    for name, text in texts.items():
        setattr(tally, name, text)
    tally.input_hash = input_hash(tally.rules, tally.sheets)
    tally.save()
    stage = tally.stage
    body = {"stage": stage.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    line = sealed_tally("tally.frozen", body, tally)
    journal.append_all(stage.edition.chain_id, [line], by=User.objects.first(), now=tally.frozen_at)
    return tally

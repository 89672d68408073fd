"""Holding what a stage and an edition rest on against the journal: for locks, counts, other acts and `edition status`."""

from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.opening import open_instruments, open_rules
from sp2k.entries.queries.innovations import open_innovations
from sp2k.entries.queries.opening import open_entrants, open_forms, open_registered
from sp2k.journal.opening import Opening, open_chain_of
from sp2k.judging.queries.opening import open_panel
from sp2k.results.opening.answers import open_nominations
from sp2k.results.opening.counts import open_advancement, open_lots, open_rulings, open_tallies
from sp2k.results.opening.decided import open_decision, open_holders
from sp2k.results.opening.rights import open_rights
from sp2k.results.opening.states import open_states


def opened_stage(stage: Stage) -> Opening:
    """Hold against the journal all that a stage's lock or count rests on: rules, entrants, what was given, what is carried."""
    opening = open_chain_of(stage.edition.chain_id)
    open_rules(opening, stage.edition)
    open_rights(opening, stage.edition)
    opening.expect_whole_database()
    open_states(opening, stage.edition)
    open_instruments(opening, stage.edition)
    open_innovations(opening, stage.edition)
    open_stage(opening, stage)
    open_registered(opening, stage)
    carried = (stage.rules.get("bawaan") or {}).get("tahap")
    for source in stage.edition.stages.filter(code=carried):
        open_tallies(opening, source)
        open_rulings(opening, source)
    return opening


def refuse_changed_answers(stage: Stage, act: str) -> None:
    """Stop a regency's act where rules, rankings, answers, or the places it ranks by are not those of their lines."""
    refuse_changed_people(act)
    opening = open_chain_of(stage.edition.chain_id, reads_bytes=False)
    open_rules(opening, stage.edition)
    open_instruments(opening, stage.edition)
    open_entrants(opening, stage)
    open_registered(opening, stage)
    open_nominations(opening, stage)
    for counted in (stage, *stage.edition.stages.filter(code=(stage.rules.get("bawaan") or {}).get("tahap"))):
        counted.edition = stage.edition
        open_tallies(opening, counted, with_input=False)
        open_rulings(opening, counted)
    opening.refuse_faults(act)


def refuse_changed_edition(edition: Edition, act: str) -> None:
    """Stop an act that rests on what came before it, where anything of the edition is not what its line says.

    Evidence is looked for, and read byte for byte only where the act locks, counts, decides or publishes.
    """
    refuse_changed_people(act)
    opened_edition(edition, reads_bytes=False).refuse_faults(act)


def opened_edition(edition: Edition, *, kept=(), reads_bytes: bool = True) -> Opening:
    """Hold everything of an edition against its journal; `kept` are heads that documents and texts have noted."""
    opening = open_chain_of(edition.chain_id, kept=kept, reads_bytes=reads_bytes)
    opening.expect_whole_database()
    open_rules(opening, edition)
    open_rights(opening, edition)
    open_states(opening, edition)
    open_instruments(opening, edition)
    open_innovations(opening, edition)
    for stage in edition.stages.select_related("instrument"):
        stage.edition = edition
        open_stage(opening, stage)
        open_tallies(opening, stage)
        open_rulings(opening, stage)
        open_advancement(opening, stage)
    open_decision(opening, edition)
    open_holders(opening, edition)
    return opening


def open_stage(opening: Opening, stage: Stage) -> None:
    """Hold what was given at one stage, its entrants, and the seed of its lot."""
    open_entrants(opening, stage)
    open_lots(opening, stage)
    if stage.kind == Stage.Kind.FILLING:
        open_forms(opening, stage)
    elif stage.kind == Stage.Kind.SELECTION:
        open_nominations(opening, stage)
    else:
        open_panel(opening, stage)

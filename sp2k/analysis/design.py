"""Can the marks be compared at all? Asked of a plan before the event as well as of the marks after it.

Jurors and entries are the two sides of a graph, a judgement is an edge. Entries in different components were never
measured on one scale: no model repairs that (Linacre 1989, ch. 7; Engelhard 2013).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse.csgraph import connected_components

from sp2k.analysis.answers import Sentence, sentence

GREEN, AMBER, RED = "hijau", "kuning", "merah"


@dataclass(frozen=True, eq=False)
class DesignCheck:
    """How entries and jurors are connected.

    Attributes
    ----------
    n_entries, n_jurors : int
    n_components : int
        Groups of jurors (and their entries) that share no judgement; 1 is wanted.
    entry_component, juror_component : int array
        Component of each; -1 for an entry nobody judged and a juror who judged nobody.
    is_crossed : bool
        Every juror judged every entry.
    panels : tuple of tuple of int
        The different sets of jurors that entries (or the declared sessions) had.
    common_jurors : int array, shape (n_panels, n_panels)
    fewest_common : int
        Jurors shared by the two panels that share fewest; all jurors when there is one panel.
    cut_jurors : tuple of int
        Jurors without whom the rest falls apart or an entry has no juror left.
    unjudged, idle : tuple of int
        Entries without a juror; jurors without an entry.
    n_partial : int
        Sheets that leave an indicator empty which another juror marked for the same entry.
    """

    n_entries: int
    n_jurors: int
    n_components: int
    entry_component: np.ndarray
    juror_component: np.ndarray
    is_crossed: bool
    panels: tuple[tuple[int, ...], ...]
    common_jurors: np.ndarray
    fewest_common: int
    cut_jurors: tuple[int, ...]
    unjudged: tuple[int, ...]
    idle: tuple[int, ...]
    n_partial: int = 0
    is_available = True

    @cached_property
    def is_comparable(self) -> bool:
        """Whether places across all entries mean anything."""
        return self.n_components == 1 and not self.unjudged

    @cached_property
    def light(self) -> str:
        """`hijau`: crossed; `kuning`: connected, but by few; `merah`: not comparable."""
        if not self.is_comparable:
            return RED
        return GREEN if self.is_crossed else AMBER

    @cached_property
    def n_panels(self) -> int:
        return len(self.panels)

    @cached_property
    def n_idle(self) -> int:
        return len(self.idle)

    def explain(self) -> tuple[Sentence, ...]:
        said = [self._verdict()]
        if self.unjudged:
            said.append(sentence("Belum dinilai siapa pun: {entries:peserta}.", entries=self.unjudged))
        if self.is_comparable and not self.is_crossed:
            said.append(sentence(
                "Ada {n_panels} susunan juri; dua susunan yang paling sedikit berbagi memiliki {fewest} juri yang sama.",
                n_panels=self.n_panels, fewest=self.fewest_common))
        if self.cut_jurors and self.n_jurors > 1 and self.n_components == 1:
            said.append(sentence(
                "Bila {jurors:juri} berhalangan, sebagian peserta tidak dapat lagi dibandingkan.",
                jurors=self.cut_jurors))
        if self.idle:
            said.append(sentence("Tidak menilai siapa pun: {jurors:juri}.", jurors=self.idle))
        return tuple(said)

    def _verdict(self) -> Sentence:
        if self.n_components > 1:
            return sentence(
                "Juri terbagi dalam {n} kelompok yang tidak menilai satu peserta pun bersama-sama: tempat peserta di "
                "kelompok yang berbeda tidak dapat dibandingkan.", n=self.n_components)
        if self.is_crossed and self.n_partial:
            return sentence("Semua {n_jurors} juri menilai semua {n_entries} peserta, tetapi {n_partial} lembar memuat "
                            "indikator yang kosong.",
                            n_jurors=self.n_jurors, n_entries=self.n_entries, n_partial=self.n_partial)
        if self.is_crossed:
            return sentence("Semua {n_jurors} juri menilai semua {n_entries} peserta.",
                            n_jurors=self.n_jurors, n_entries=self.n_entries)
        return sentence("Tidak semua juri menilai semua {n_entries} peserta, tetapi nilainya masih saling terhubung.",
                        n_entries=self.n_entries)


def check_design(ratings) -> DesignCheck:
    """Check the marks of a `Ratings`; its sessions, when declared, are the panels."""
    panels = None
    if ratings.session is not None:
        panels = np.zeros((int(ratings.session.max()) + 1, ratings.n_jurors), dtype=bool)
        panels[ratings.session, ratings.juror] = True
    given = ~np.isnan(ratings.dense)
    left_empty = ~given & given.any(axis=1, keepdims=True) & ratings.presence[:, :, None]
    return replace(check_plan(ratings.presence, panels), n_partial=int(left_empty.any(axis=2).sum()))


def check_plan(presence: np.ndarray, panels: np.ndarray | None = None) -> DesignCheck:
    """Check who judges whom, planned or done.

    Parameters
    ----------
    presence : bool array, shape (n_entries, n_jurors)
    panels : bool array, shape (n_sessions, n_jurors), optional
        Who sits in each session; by default the different rows of `presence`.
    """
    presence = np.asarray(presence, dtype=bool)
    judged, busy = presence.any(axis=1), presence.any(axis=0)
    if panels is None:
        panels = presence[:1] if presence.all() else np.unique(presence[judged], axis=0)
    panels = np.asarray(panels, dtype=bool)
    panels = panels[panels.any(axis=1)]
    met = presence.T.astype(np.float32) @ presence > 0
    n_components, juror_component = _components(met, busy)
    entry_component = np.where(judged, juror_component[presence.argmax(axis=1)], -1)
    common = (panels.astype(np.float32) @ panels.T).astype(np.int64)
    apart = common[~np.eye(len(common), dtype=bool)]
    return DesignCheck(
        n_entries=presence.shape[0], n_jurors=presence.shape[1], n_components=n_components,
        entry_component=entry_component, juror_component=juror_component, is_crossed=bool(presence.all()),
        panels=tuple(tuple(np.flatnonzero(panel).tolist()) for panel in panels), common_jurors=common,
        fewest_common=int(apart.min()) if apart.size else int(busy.sum()),
        cut_jurors=tuple(j for j in np.flatnonzero(busy).tolist() if _falls_apart(presence, met, busy, n_components, j)),
        unjudged=tuple(np.flatnonzero(~judged).tolist()), idle=tuple(np.flatnonzero(~busy).tolist()))


def _components(met: np.ndarray, busy: np.ndarray) -> tuple[int, np.ndarray]:
    """Number the components of the jurors who judged; `met` says which two judged one entry together."""
    component = np.full(len(met), -1)
    if not busy.any():
        return 0, component
    count, component[busy] = connected_components(met[np.ix_(busy, busy)], directed=False)
    return int(count), component


def _falls_apart(presence: np.ndarray, met: np.ndarray, busy: np.ndarray, n_components: int, juror: int) -> bool:
    others = busy.copy()
    others[juror] = False
    if not others.any():
        return True
    if presence.all():
        return False
    is_only_juror = presence[:, juror] & (presence.sum(axis=1) == 1)
    return bool(is_only_juror.any()) or _components(met, others)[0] > n_components

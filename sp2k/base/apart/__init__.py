"""Work on bytes from outside in a process of its own, under limits: what breaks there breaks nothing here."""

from sp2k.base.apart.running import Ended, Limits, TooBusy, run_apart, turn

__all__ = ["Ended", "Limits", "TooBusy", "run_apart", "turn"]

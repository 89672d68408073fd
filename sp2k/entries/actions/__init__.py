"""What is done with a kecamatan's part, each act in the module of its noun."""

from sp2k.entries.actions.forms import (
    accept_forms,
    enter_stage,
    register_entries,
    return_form,
    submit_form,
    submit_forms,
)
from sp2k.entries.actions.voiding import erase_evidence, void_form, void_verification

__all__ = [
    "accept_forms", "enter_stage", "erase_evidence", "register_entries", "return_form", "submit_form", "submit_forms",
    "void_form", "void_verification",
]  # fmt: skip

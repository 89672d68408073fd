"""What is done with a kecamatan's part, each act in the module of its noun."""

from sp2k.entries.actions.checking import accept_checked, return_checked, save_checks, save_reason
from sp2k.entries.actions.drafts import drop_document, keep_documents, save_draft, send_draft, start_draft
from sp2k.entries.actions.forms import (
    accept_forms,
    enter_stage,
    register_entries,
    return_form,
    submit_form,
    submit_forms,
)
from sp2k.entries.actions.innovations import void_innovation, write_innovation
from sp2k.entries.actions.voiding import erase_evidence, void_form, void_verification

__all__ = [
    "accept_checked", "accept_forms", "drop_document", "enter_stage", "erase_evidence", "keep_documents",
    "register_entries", "return_checked", "return_form", "save_checks", "save_draft", "save_reason", "send_draft",
    "start_draft", "submit_form", "submit_forms", "void_form", "void_innovation", "void_verification",
    "write_innovation",
]  # fmt: skip

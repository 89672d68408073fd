"""Pages carry no inline style or script, and nothing is marked as safe markup unless the list says why."""

import re

from tests.house.project import SOURCE, TESTS, files, is_vendored, place

ALLOWED = TESTS / "house" / "allowed_markup.txt"
INLINE = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx event attribute": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
UNESCAPED = re.compile(
    r"\|\s*safe\b|\|\s*safeseq\b|\bmark_safe\b|\bSafeString\b|autoescape\s+off|autoescape\s*=\s*False"
)


def inline(text: str) -> list[str]:
    """Return the kinds of inline style and script in a template, comments left out."""
    without_comments = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)
    return [kind for kind, pattern in INLINE.items() if pattern.search(without_comments)]


def test_no_template_has_inline_style_or_script():
    found = {place(path): kinds for path in files(".html", under=SOURCE) if (kinds := inline(path.read_text("utf-8")))}

    assert found == {}


def test_the_search_finds_each_kind_and_leaves_honest_markup_alone():
    assert inline('<p style="color:red">') == ["style attribute"]
    assert inline("<style>p{}</style>") == ["style element"]
    assert inline("<script>go()</script>") == ["script without src"]
    assert inline("<button type=button onclick='go()'>") == ["event attribute"]
    assert inline('<a href="javascript:go()">') == ["javascript address"]
    assert inline('<script type="module" src="/static/a.js"></script><p class="on">{% if a == "b" %}x{% endif %}') == []


def allowed() -> dict[str, str]:
    """Return the files that may mark text as safe, each with the reason."""
    lines = [line for line in ALLOWED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def test_nothing_is_marked_safe_outside_the_list_and_the_list_is_not_stale():
    marked = {
        place(path)
        for path in files(".html", ".py", under=SOURCE)
        if not is_vendored(path) and UNESCAPED.search(path.read_text("utf-8"))
    }

    assert marked == set(allowed())

"""The repository names no source of packages and no folder of one person's machine."""

import re

from tests.house.project import ROOT, files, place

# In pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape(name) + r"\." + end
        for name, end in [
            ("py" + "pi", "org"), ("python" + "hosted", "org"), ("registry.npm" + "js", "org"), ("npm" + "js", "com"),
            ("deb.deb" + "ian", "org"), ("registry.yarn" + "pkg", "com"), ("unpk" + "g", "com"),
            ("cdn.jsde" + "livr", "net"),
        ]
    )
)  # fmt: skip
MACHINE = re.compile("/wo" + r"rk/(main|shared|steering)|/ro" + r"ot/|/ho" + r"me/\w+/|/Use" + r"rs/\w+/|/tm" + r"p/\w")
BINARY = {".woff2", ".png", ".jpg", ".pdf", ".ico", ".otf", ".ttf", ".zip", ".xlsx", ".gz", ".mo"}


def test_no_file_names_a_registry_of_packages_or_a_folder_of_this_machine():
    found = [
        f"{place(path)} {match.group()}"
        for path in files()
        if path.suffix not in BINARY
        for pattern in (REGISTRIES, MACHINE)
        for match in pattern.finditer(path.read_text("utf-8"))
    ]

    assert found == []


def test_the_search_finds_a_registry_and_a_machine_path():
    assert REGISTRIES.search("https://" + "py" + "pi.org/simple")
    assert MACHINE.search("see /ro" + "ot/x") and MACHINE.search("/tm" + "p/job")
    assert not MACHINE.search("pages/rooms/working")


def test_locked_requirements_are_pinned_by_hash():
    pinned = re.compile(r"[a-z0-9._-]+(\[\w+\])?==\S+ .*--hash=sha256:")
    for name in ("bootstrap", "run", "test", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
        unpinned = [line for line in text.splitlines() if line and not pinned.match(line)]
        assert unpinned == [], name


def test_the_locked_levels_agree_so_that_a_developer_runs_what_the_server_runs():
    locked = {}
    for name in ("run", "test", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        locked[name] = set(re.findall(r"^\S+==\S+", text, flags=re.MULTILINE))

    assert locked["run"] <= locked["test"] <= locked["dev"]

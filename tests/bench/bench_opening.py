"""Opening everything an edition has sealed: 2022 as demonstrated, and as many forms again and again, up to a nation's.

``python -m tests.bench.bench_opening`` loads the demonstration of 2022 into a folder of its own, opens it in a fresh process
and prints seconds of processor time, peak memory, and microseconds for each answer and finding. Then the forms' part is
opened for growing numbers of kecamatan: the cost of one stays the same when it is linear. The issue's bounds, 5 s and 300 MB
for 2022, are asserted.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

MOST_SECONDS, MOST_MEGABYTES = 5, 300
SIZES = (100, 333, 666)


def load(folder: str) -> None:
    """Load the demonstration of 2022 alone."""
    run(folder, "--load")


def run(folder: str, *arguments: str) -> str:
    """Run a part of this module in a process of its own on the data of `folder`."""
    environment = {**os.environ, "SP2K_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "sp2k.config.settings"}
    command = [sys.executable, "-m", "tests.bench.bench_opening", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def here(arguments: list[str]) -> None:
    """The part that runs in the fresh process."""
    import django  # the settings of the folder are those of this process alone

    django.setup()
    from django.core.management import call_command

    from sp2k.demo.load import load_demonstration
    from sp2k.editions.models import Edition
    from sp2k.publication.checking.opening import opened_publication

    if "--load" in arguments:
        call_command("migrate", interactive=False, verbosity=0)
        load_demonstration(editions=("jatim-2022",))
        return
    edition = Edition.objects.select_related("region", "chain").get(code="jatim-2022")
    if arguments[0] == "--forms":
        print(forms_of(edition, int(arguments[1])))
        return
    started = time.process_time()
    opening = opened_publication(edition)
    spent, peak = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert opening.is_whole, [fault.sentence for fault in opening.faults[:3]]
    assert spent <= MOST_SECONDS and peak <= MOST_MEGABYTES, f"{spent:.1f} s, {peak} MB"
    print(f"opening 2022 whole: {opening.n_opened} things in {spent:.2f} s of processor time, peak memory {peak} MB")


def forms_of(edition, n: int) -> str:
    """Open the forms and verifications of the first `n` kecamatan and return the line that is printed."""
    from sp2k.entries.claims import claims_content
    from sp2k.entries.models import Answer, Evidence, Form
    from sp2k.journal.opening import is_committed

    forms = list(Form.objects.filter(participation__stage__edition=edition).select_related("participation__entry")[:n])
    started = time.process_time()
    for form in forms:
        answers = Answer.objects.filter(form=form).values_list("indicator", "values", "documents")
        hashes = dict(Evidence.objects.filter(form=form).values_list("name", "blob_id"))
        assert is_committed(claims_content(form.region_code, "isian", list(answers), hashes, form.reason), form)
    each = (time.process_time() - started) / len(forms)
    return f"forms of {len(forms):>4} kecamatan: {each * 1000:.2f} ms each; 7,288 would take {each * 7288:.1f} s"


def main() -> None:
    """Load, then measure each in a process of its own."""
    if len(sys.argv) > 1:
        here(sys.argv[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        load(folder)
        print(run(folder, "--whole"), end="")
        for n in SIZES:
            print(run(folder, "--forms", str(n)), end="")


if __name__ == "__main__":
    main()

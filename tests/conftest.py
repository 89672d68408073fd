"""What every test stands on: a data folder of its own, so that no test touches the data of this checkout."""

import shutil

import pytest
from django.conf import settings
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as search

from sp2k.editions.models import Edition
from tests import loaded

# How long an example takes says how busy the machine is; speed is measured in tests/bench.
search.register_profile("sp2k", deadline=None, suppress_health_check=[HealthCheck.too_slow])
search.load_profile("sp2k")

HEADS_OF_THE_DEMONSTRATION = "kepala-peragaan.jsonl"  # as noted when it was loaded, whatever a test does to the file since
FOLLOWS_ALL_LINKS = [
    "tests/pages/test_every_link.py", "tests/pages/test_size.py", "tests/pages/test_english.py",
    "tests/pages/test_sample_files.py",
    "tests/browser/test_every_page.py",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory):
    """The folder that holds what the tests store; files are named by content, so sharing it is safe."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "static").mkdir()
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(DATA_DIR=folder, BLOB_DIR=folder / "berkas", STATIC_ROOT=folder / "static", STORAGES=plain):
        yield folder


@pytest.fixture(autouse=True)
def heads_of_this_test_only(request, data_folder):
    """The file of heads only grows; a test that commits leaves none for the next, whose chains may bear the same names."""
    yield
    if not _is_on_demonstration(request.node):
        (data_folder / "kepala.jsonl").unlink(missing_ok=True)
    elif (data_folder / HEADS_OF_THE_DEMONSTRATION).exists():  # heads of lines that were rolled back with the test
        shutil.copy(data_folder / HEADS_OF_THE_DEMONSTRATION, data_folder / "kepala.jsonl")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The test database, always: pytest-django makes it only when a chosen test names it, the browser's stories do not."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def loading(request, tmp_path_factory):
    """The folder into which the demonstration is loaded while other tests run; the first of several processes begins."""
    number = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "peragaan-dimuat"
    if number == "gw0" and any(map(_is_on_demonstration, request.session.items)):
        loaded.begin(folder)
    return folder


@pytest.fixture(scope="session")
def demonstration(loading, data_folder, django_db_setup, django_db_blocker):
    """The whole demonstration, loaded once; a test changes it in its own transaction, which is rolled back."""
    with django_db_blocker.unblock():
        loaded.take_over(loading, data_folder)
        shutil.copy(data_folder / "kepala.jsonl", data_folder / HEADS_OF_THE_DEMONSTRATION)
        yield


@pytest.fixture
def jatim_2022(demonstration, db) -> Edition:
    """East Java 2022 as published."""
    return Edition.objects.select_related("region").get(code="jatim-2022")


@pytest.fixture
def jatim_2023(demonstration, db) -> Edition:
    """East Java 2023 in mid-course: the second morning of the presentations."""
    return Edition.objects.select_related("region").get(code="jatim-2023")


def pytest_collection_modifyitems(items):
    """Tests on the loaded demonstration come last: until then every test finds an empty database."""
    items.sort(key=_is_on_demonstration)


def pytest_itemcollected(item):
    """Where several processes share the work (`make test`), a file's tests stay together; each has its own database.

    Those on the demonstration stay apart from the others, so that they come last here too. Whatever follows all links
    stays in one process: it does so once.
    """
    place = str(item.path.relative_to(item.config.rootpath))
    if place in FOLLOWS_ALL_LINKS:
        place = FOLLOWS_ALL_LINKS[0]
    item.add_marker(pytest.mark.xdist_group(f"{place}{' on demonstration' * _is_on_demonstration(item)}"))


def _is_on_demonstration(item) -> bool:
    return "demonstration" in getattr(item, "fixturenames", ())

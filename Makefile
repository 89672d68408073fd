# `make help` lists what can be asked. Settings may stand behind the command or in the environment:
#   make demo PORT=8080 SP2K_DATA_DIR="/srv/data sp2k"
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

ifneq ($(origin PORT),undefined)
export PORT
endif
ifneq ($(origin SP2K_DATA_DIR),undefined)
export SP2K_DATA_DIR
endif
ifneq ($(origin HTTPS),undefined)
export HTTPS
endif
ifneq ($(origin PYTHON),undefined)
export PYTHON
endif

BIN := .venv/bin
SETUP := requirements/bootstrap.txt requirements/install.sh pyproject.toml

# A folder that was moved or copied holds a virtual environment that points elsewhere: it is made anew.
ifneq ($(shell cat .venv/.place 2>/dev/null),$(CURDIR))
MOVED := anew
endif

.PHONY: help install anew demo demo-data demo-reset test pictures check browser bench bench-analysis bench-certainty docs messages lock

help:
	@echo "make install      memasang SP2K ke folder ini (.venv/bin/sp2k)"
	@echo "make demo         memuat Jawa Timur 2022 lalu menyajikannya di porta 8000 (PORT=, SP2K_DATA_DIR=)"
	@echo "make demo-data    memuat data contoh tanpa menyalakan server"
	@echo "make demo-reset   membuang data contoh lalu memuatnya lagi"
	@echo "make test         memasang alat uji dan peramban, lalu menjalankan semua uji (ARGS=...)"
	@echo "make pictures     mengambil gambar panduan (docs/manual/gambar) dengan cerita di peramban"
	@echo "make check        gaya kode, batas antarruang, templat, migrasi, dokumen"
	@echo "make bench        mengukur pemuatan, penyekoran, penghitungan, halaman (ARGS=pages menulis docs/bench-pages.md)"
	@echo "make bench-analysis  mengukur analisis terhadap paket lain (dipasang di .venv-bench), menulis docs/bench.md"
	@echo "make bench-certainty  mengukur seberapa sering kalimat Seberapa yakin? salah, menulis docs/bench-certainty.md"
	@echo "make docs         mencetak ulang docs/permissions.md dan docs/settings.md"
	@echo "make messages     menyesuaikan katalog bahasa Inggris dengan kalimat pada halaman"
	@echo "make lock         mengunci ulang requirements/*.txt dari *.in (UPGRADE=1 untuk versi terbaru)"

# -- set-up: one stamp a level, so that a second `make` costs nothing -----------------------------------------------

install: .venv/.installed-run
	@echo "SP2K terpasang: .venv/bin/sp2k --help"

.venv/.installed-run: requirements/run.txt $(SETUP) $(MOVED)
	@sh requirements/install.sh run

.venv/.installed-test: requirements/test.txt $(SETUP) $(MOVED)
	@sh requirements/install.sh test

.venv/.installed-dev: requirements/dev.txt $(SETUP) $(MOVED)
	@sh requirements/install.sh dev

# -- the demonstration ----------------------------------------------------------------------------------------------

demo: .venv/.installed-run
	@$(BIN)/sp2k demo

demo-data: .venv/.installed-run
	@$(BIN)/sp2k demo --no-serve

demo-reset: .venv/.installed-run
	@$(BIN)/sp2k demo --reset --no-serve

# -- proofs -----------------------------------------------------------------------------------------------------------

browser: .venv/.installed-test
	@$(BIN)/python tests/browser/find_browser.py --install

test: .venv/.installed-test browser
	@$(BIN)/python -m pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder $(ARGS)

pictures: .venv/.installed-test browser
	@SP2K_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/stories $(ARGS)

check: .venv/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint sp2k --lint --quiet
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m pytest -q tests/house

bench: .venv/.installed-test
	@$(BIN)/python -m tests.bench $(ARGS)

bench-analysis: .venv-bench/.installed
	@.venv-bench/bin/python -m tests.bench.bench_analysis

bench-certainty: .venv/.installed-test
	@$(BIN)/python -m tests.bench.bench_certainty $(ARGS)

.venv-bench/.installed: requirements/bench.txt .venv/.installed-run
	@$(BIN)/python -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --only-binary :all: \
		--require-hashes -r requirements/bench.txt
	@touch $@

docs: .venv/.installed-run
	@$(BIN)/python manage.py shell --no-imports -c \
		"from sp2k.accounts import permissions_page; from sp2k.config import settings_page; permissions_page.write(); settings_page.write()"

messages: .venv/.installed-test
	@$(BIN)/python -m tests.house.english.catalogue $(ARGS)

# -- locking ----------------------------------------------------------------------------------------------------------

COMPILE = UV_SYSTEM_CERTS=1 $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --python-version 3.11 $(if $(UPGRADE),--upgrade)

lock: .venv/.installed-run
	@$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	@$(COMPILE) requirements/run.in -o requirements/run.txt
	@$(COMPILE) requirements/test.in -c requirements/run.txt -o requirements/test.txt
	@$(COMPILE) requirements/dev.in -c requirements/test.txt -o requirements/dev.txt
	@$(COMPILE) requirements/bench.in -c requirements/run.txt -o requirements/bench.txt

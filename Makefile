# chatdesk: set-up, run, test, check. Needs make and a Python 3.11 or newer, nothing else.
#
#   make run [ARGS=…]   set up and try it: a private server and two people
#   make test           all tests (make test-core, make test-gui: a part; JOBS=2: processes)
#   make test-media     voice and video with Qt's real multimedia and a sound server of its own (the extra `media`)
#   make check          format, lint, types, import walls, dependencies, known vulnerabilities
#   make faults         a long run of random faults against a real server: kills, lost answers, 429 … (5 minutes)
#   make scale          the servers of packaging/homeserver on this machine: tests, move, load, kills (30 minutes, Debian)
#   make bench          measurements, one JSON object per line
#   make filmstrip      take the pictures in resources/screenshots anew, of the real program on a real server
#   make fmt            format and repair what can be repaired
#   make translations  collect the texts anew and compile what is translated
#   make dist          source archive and wheel (make freeze: one folder; make deb: a Debian package)
#   make lock           renew requirements/*.txt (UPGRADE=--upgrade: to the newest versions)
#   make clean          remove everything made here
#
# Environments: .venv has everything, .venv-core lacks Qt and shows that the core works without it, .venv-media adds Qt's
# multimedia, .venv-scale what a grown Synapse needs.
# All packages come with their hashes from requirements/; a second make installs nothing.

PYTHON ?=
ARGS ?=
PYTEST_ARGS ?=
JOBS ?= 2
UPGRADE ?=

VENV := .venv
CORE := .venv-core
MEDIA := .venv-media
SCALE := .venv-scale
BIN := $(VENV)/bin
# Without compiled files each start of the server would take seconds longer.
UV := UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never $(BIN)/uv
INPUTS := pyproject.toml requirements/build.in
CORE_TESTS := tests/unit tests/integration tests/faults
GUI_TESTS := tests/models tests/views tests/app tests/e2e
QT_PACKAGES := pyside6-essentials shiboken6 qasync pytest-qt

.DELETE_ON_ERROR:
.PHONY: help run test test-core test-gui test-media check check-format check-lint check-types check-walls check-deps check-audit \
	check-translations faults bench filmstrip fmt translations lock dist freeze deb check-dist check-freeze \
	check-deb check-reproducible check-recipes clean

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

run: $(VENV)/.installed-run
	@packaging/system-libs.sh run $(BIN)/python || true
	@$(BIN)/chatdesk try $(ARGS)

test: test-core test-gui

test-core: $(CORE)/.installed
	@echo "== Tests without Qt: $(CORE_TESTS)"
	$(CORE)/bin/python -m pytest -n $(JOBS) --dist loadfile $(CORE_TESTS) $(PYTEST_ARGS)

# A hang ends the run: Qt's loop swallows the exception that pytest-timeout raises otherwise.
test-gui: $(VENV)/.installed-dev
	@packaging/system-libs.sh test $(BIN)/python
	@echo "== Tests with Qt: $(GUI_TESTS)"
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --timeout-method=thread $(GUI_TESTS) $(PYTEST_ARGS)

# Apart from the others: the extra weighs 170 MB, and they show that everything else works without it.
test-media: $(MEDIA)/.installed
	@packaging/system-libs.sh media $(MEDIA)/bin/python
	QT_QPA_PLATFORM=offscreen $(MEDIA)/bin/python -m pytest --timeout-method=thread tests/media $(PYTEST_ARGS)

check: check-format check-lint check-types check-walls check-deps check-translations check-audit

check-format: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
check-lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
check-types: $(VENV)/.installed-dev
	$(BIN)/mypy
check-walls: $(VENV)/.installed-dev
	$(BIN)/lint-imports
check-deps: $(VENV)/.installed-dev
	$(BIN)/deptry .
check-translations: $(VENV)/.installed-dev
	@packaging/translations.sh $(BIN) --check
check-audit: $(VENV)/.installed-dev
	@packaging/audit.sh $(VENV)

faults: $(CORE)/.installed
	@$(CORE)/bin/python -m tests.faults_run $(ARGS)

scale: $(SCALE)/.installed
	@$(SCALE)/bin/python -m tests.scale $(ARGS)

bench: $(VENV)/.installed-dev
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench $(ARGS)

filmstrip: $(MEDIA)/.installed
	@packaging/system-libs.sh test $(MEDIA)/bin/python && packaging/system-libs.sh media $(MEDIA)/bin/python
	@$(MEDIA)/bin/python -m tests.filmstrip $(ARGS)

fmt: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# With Qt's own tools, which come with PySide6.
translations: $(VENV)/.installed-dev
	@packaging/translations.sh $(BIN)

# One resolution for every system and Python; the smaller sets are held to what the largest chose.
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock" $(UPGRADE)
lock: $(VENV)/.made
	@test -x $(BIN)/uv || { echo "make lock needs uv, and it could not be installed" >&2; exit 2; }
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) $(INPUTS) --extra local --group test --group check -o requirements/dev.txt
	$(COMPILE) $(INPUTS) --extra local -c requirements/dev.txt -o requirements/run.txt
	$(COMPILE) $(INPUTS) --extra local --group test -c requirements/dev.txt \
		$(foreach package,$(QT_PACKAGES),--no-emit-package $(package)) -o requirements/core.txt
	$(COMPILE) $(INPUTS) --extra local --extra media --group test -c requirements/dev.txt -o requirements/media.txt
	$(COMPILE) $(INPUTS) --extra local --group test --group scale -c requirements/dev.txt \
		$(foreach package,$(QT_PACKAGES),--no-emit-package $(package)) -o requirements/scale.txt
	$(COMPILE) $(INPUTS) --group package -c requirements/dev.txt -o requirements/package.txt

# Installers; packaging/README.md tells about them.
PACKAGE := .venv-package
dist: $(PACKAGE)/.installed
	@. packaging/reproducible.sh && $(PACKAGE)/bin/python -m hatchling build -d dist
freeze: $(PACKAGE)/.installed
	@packaging/freeze.sh $(PACKAGE)
deb: freeze
	@packaging/deb.sh

# Each uses what was built as a person would; pictures of it are in build/pictures.
check-dist: dist $(VENV)/.installed-dev
	@packaging/check-dist.sh $(BIN)/python $(PACKAGE)
check-freeze: $(VENV)/.installed-dev
	@packaging/check-freeze.sh $(BIN)/python
check-deb: $(VENV)/.installed-dev
	@packaging/check-deb.sh $(BIN)/python
# Two builds in two folders at two times; says what differs.
check-reproducible:
	@packaging/check-reproducible.sh
check-recipes: dist $(VENV)/.installed-dev
	@packaging/check-recipes.sh $(BIN)/python

clean:
	rm -rf $(VENV) $(CORE) $(MEDIA) $(SCALE) $(PACKAGE) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find chatdesk tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environments. $(call install,environment,lock file,uv's verb): by uv; by pip where uv is not to be had or cannot
# reach its index. uv's "sync" also removes what the lock no longer names. Then chatdesk itself, as a link to this tree.
define install
	@{ test -x $(BIN)/uv && $(UV) --quiet pip $(3) $(2) --python $(1) --require-hashes; } || \
		$(BIN)/python -m pip --python $(1)/bin/python install --quiet --disable-pip-version-check --require-hashes -r $(2)
	@$(BIN)/python -m pip --python $(1)/bin/python install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --no-index -e .
endef

$(VENV)/.made:
	@python=$$(packaging/find-python.sh $(PYTHON)) && \
		echo "Setting up in $(VENV) with $$python (the first time takes a minute or two)" && \
		"$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt || \
		echo "uv could not be installed: pip does its work"
	@touch $@

$(VENV)/.installed-run: $(VENV)/.made requirements/run.txt pyproject.toml
	$(call install,$(VENV),requirements/run.txt,install -r)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made requirements/dev.txt pyproject.toml
	$(call install,$(VENV),requirements/dev.txt,sync)
	@touch $@ $(VENV)/.installed-run

$(MEDIA)/.installed: $(VENV)/.made requirements/media.txt pyproject.toml
	@$(BIN)/python -m venv --clear --without-pip $(MEDIA)
	$(call install,$(MEDIA),requirements/media.txt,sync)
	@touch $@

# Synapse's driver for PostgreSQL is compiled here: apt-get has to have been asked first.
$(SCALE)/.installed: $(VENV)/.made requirements/scale.txt pyproject.toml
	@tests/scale/debian.sh
	@$(BIN)/python -m venv --clear --without-pip $(SCALE)
	$(call install,$(SCALE),requirements/scale.txt,sync)
	@touch $@

$(CORE)/.installed: $(VENV)/.made requirements/core.txt pyproject.toml
	@$(BIN)/python -m venv --clear --without-pip $(CORE)
	$(call install,$(CORE),requirements/core.txt,sync)
	@touch $@

$(PACKAGE)/.installed: $(VENV)/.made requirements/package.txt
	@$(BIN)/python -m venv --clear --without-pip $(PACKAGE)
	$(call install,$(PACKAGE),requirements/package.txt,sync)
	@touch $@

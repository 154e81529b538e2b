# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3
VENV ?= .venv
NOX = $(VENV)/bin/nox

.PHONY: help
help:
	@echo "make demo    provision three tenants on this machine and show who may call what"
	@echo "make test    run everything that CI runs (nox --list shows the parts: $(NOX) -s unit)"
	@echo "make clean   remove what these commands have installed and cached"
	@echo
	@echo "PYTHON=python3.12 chooses the Python (3.11 or later), ANSIBLE_CORE_VERSION=2.20 the ansible-core."

.PHONY: demo
demo: nox
	@$(NOX) -s demo

# Three at a time, since some wait, each part's output in one piece; the longest first, so that no processor is idle at
# the end. More processes than that would take the processors from each other.
.PHONY: test
test: nox
	@echo "Installing the tools (the first time), then fifteen parts, three at a time: each shows its output when it is done."
	@$(NOX) -s prepare
	@PYTEST_XDIST_AUTO_NUM_WORKERS=$$($(PYTHON) -c 'import os; print(max(1, (os.cpu_count() or 1) // 2))') \
	$(NOX) --parallel 3 -s integration sanity playbooks faults unit emulator lint molecule docs_site types format documentation layers licenses

.PHONY: nox
nox:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or later is needed; name one by PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test "$$($(PYTHON) -V)" = "$$($(VENV)/bin/python -V 2>&1)" && \
	{ test -x $(NOX) || $(VENV)/bin/python -m pip --version >/dev/null 2>&1; } || \
	{ rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); } || \
	{ rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu install python3-venv" >&2; exit 1; }
	@test -x $(NOX) || $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check 'nox>=2026.10.20'

.PHONY: clean
clean:
	rm -rf $(VENV) .nox .ansible .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each word is explained in README.md; the work is done in tools/, by Python's standard library.
MAKEFLAGS += --no-print-directory
# The first Python that is new enough; if none is, python3 says so itself.
PYTHON ?= $(or $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done),python3)

.PHONY: help run dev reset test check bench lock messages
help:
	@echo "make run       the demo on this computer (PORT=8123 make run for another port)"
	@echo "               (make run DEMO=0 for a programme of your own in its place)"
	@echo "make dev       the same for developers: reload, debug pages"
	@echo "make reset     forget what was changed in the demo"
	@echo "make test      all tests (make test ARGS='tests/accounts -x' for some)"
	@echo "make check     format, lint, types, templates, order of the apps, migrations, translations, locks"
	@echo "make bench     the figures"
	@echo "make lock      write requirements*.txt and package-lock.json anew"
	@echo "make messages  gather the texts to translate"

run dev reset test check bench lock messages:
	@$(PYTHON) -m tools $@ $(ARGS)

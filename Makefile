# Runs and tests the VTI site: `make help` lists what there is. Everything it makes lives in .odoo/
# and in the cache (~/.cache/vti-odoo, or $VTI_CACHE). ODOO_DIR=/path/to/odoo uses an Odoo 19 you have.
PYTHON ?= python3
export DB PORT ODOO_DIR PYTHON

.DEFAULT_GOAL := help
.PHONY: help run stop update shell test lint format i18n bench-import bench-search bench-speeddate bench-radar lighthouse clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 24

run: ## the site with its demo season in the background (DB=name PORT=n: another one beside it)
	@$(PYTHON) dev/bootstrap.py run
	@$(PYTHON) dev/server.py run

stop: ## stop it (the database stays)
	@$(PYTHON) dev/server.py stop

update: ## apply changed code to the running site
	@$(MAKE) -s stop run

shell: ## Python prompt on its database
	@$(PYTHON) dev/server.py shell

test: ## lint and all tests (a part of them: dev/test PATH -k NAME; KEEP_DB=1 for the last database)
	@dev/browser
	@$(MAKE) -s lint && passed=yes; dev/test -n auto --maxprocesses=4 --dist=loadscope --no-loadscope-reorder --durations=10 || exit 1; \
	[ "$$passed" ] || { echo "The tests pass, lint does not: see the top."; exit 1; }

lint: ## check style and the known mistakes, without a database
	@$(PYTHON) dev/bootstrap.py
	@PRE_COMMIT_HOME=.odoo/pre-commit .odoo/venv/bin/pre-commit run --all-files

format: ## mend what lint can mend
	@$(PYTHON) dev/bootstrap.py
	@.odoo/venv/bin/ruff check --quiet --fix; .odoo/venv/bin/ruff format --quiet
	@git ls-files -z '*.xml' '*.js' '*.scss' '*.css' | xargs -0r .odoo/venv/bin/node node_modules/prettier/bin/prettier.cjs --write --log-level=warn

i18n: ## bring the Dutch translations up to the terms, list what is untranslated
	@$(PYTHON) dev/bootstrap.py
	@$(PYTHON) dev/database.py make i18n
	@.odoo/venv/bin/python -m dev.i18n i18n
	@$(PYTHON) dev/database.py drop i18n

bench-import: ## seconds to check, import and undo 10,000 students, on a database of its own (ROWS=n)
	@$(PYTHON) dev/bootstrap.py
	@dev/database.py make bench_import
	@eval "$$(dev/pg.py env)"; .odoo/venv/bin/python dev/bench_import.py .odoo/odoo.conf bench_import $${ROWS:-10000}
	@dev/database.py drop bench_import

bench-search: ## milliseconds of the list and its pages at 1,000 to 100,000 places (SIZES="…" ROUNDS=n JOBS=no)
	@$(PYTHON) dev/bootstrap.py
	@dev/database.py make bench_search
	@mkdir -p .odoo/run; .odoo/venv/bin/python dev/demo.py .odoo/odoo.conf bench_search .odoo/run/bench.json
	@eval "$$(dev/pg.py env)"; .odoo/venv/bin/python dev/bench_search.py .odoo/odoo.conf; code=$$?; \
		dev/database.py drop bench_search; dev/database.py drop bench_jobs; exit $$code

bench-speeddate: ## value, bound, seconds and memory of speed-date plans, beside a greedy plan and first come first served
	@$(PYTHON) dev/bootstrap.py
	@.odoo/venv/bin/python dev/bench_speeddate.py

bench-radar: ## seconds, memory and proof of the radar: a season, and 10,000 students with 5,000 places
	@$(PYTHON) dev/bootstrap.py
	@.odoo/venv/bin/python dev/bench_radar.py .odoo/odoo.conf

lighthouse: ## Lighthouse on a phone: list, place and landing page of the running site behind deploy's proxy (RUNS=n)
	@$(PYTHON) dev/bootstrap.py
	@$(PYTHON) dev/lighthouse.py

clean: ## stop everything and remove .odoo/ (the cache stays)
	@$(PYTHON) dev/server.py stop
	@$(PYTHON) dev/pg.py stop
	@rm -rf .odoo

# Two commands do all: `make run` and `make test`. `make help` prints this file's targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Recipes start in this folder and name everything relatively: its own path may hold spaces.
WORKERS ?= 3
# Those who wait for clocks, starts and stops most of the time leave room for one more.
WAITING_WORKERS ?= 4
RESULTS := build/results
PYTHON := --config pyproject.toml . ../benchmarks ../frontend/e2e
NPM := npm run --silent --prefix frontend
BACKEND := cd backend && ../.venv/bin
PYTEST := $(BACKEND)/python -m pytest --junitxml=../$(RESULTS)
export NEXT_TELEMETRY_DISABLED := 1

##@ Use it · 使用
.PHONY: run setup web doctor
run: setup ## Start everything and print one address (PORT, HOST, SIJI_HOME)
	@exec bin/siji up

setup: ## Install what `make run` needs and build the front end
	@bin/setup python
	@bin/setup web

web: ## Build the front end if its sources changed
	@bin/setup web

doctor: ## Ask every part of a running Siji how it is
	@bin/siji doctor

##@ Prove it · 测试
.PHONY: test test-parts check bench bench-day bench-quick bench-growth bench-pages bench-answers bench-sign-in bench-uploads bench-model bench-ai
.PHONY: bench-lighthouse bench-injection bench-marking bench-failover bench-stale bench-jobs bench-alerting bench-runs faults soak
test: ## Everything but the drills; the last line counts all tests
	@rm -rf $(RESULTS) && mkdir -p $(RESULTS); status=0; export SIJI_TEST_RUN=$$$$; \
	trap 'rm -rf "$${TMPDIR:-/tmp}/siji-begun-$$SIJI_TEST_RUN"{,.lock}' EXIT; \
	$(MAKE) --keep-going test-parts || status=$$?; \
	.venv/bin/python bin/count-tests $(RESULTS) || status=1; exit $$status

test-parts: check test-backend test-frontend test-machine test-browser

check: ## The quick part of `make test`: style, types, contracts
	@$(MAKE) --jobs=2 dev node
	@$(MAKE) --jobs=2 types lint contracts openapi-fresh

bench: dev web ## All of the acceptance table, one command after another (benchmarks/; nginx and CHROMIUM needed; A6: make faults)
	@PYTHONPATH=benchmarks .venv/bin/python -m measure.whole $(ARGS)

bench-day: dev web ## Of it the school day as load: up to the knee, the naive build beside ours, search (ARGS, nginx needed)
	@PYTHONPATH=benchmarks .venv/bin/python -m measure.bench $(ARGS)

bench-quick: dev web ## Of it only 500 users and the naive build beside ours
	@PYTHONPATH=benchmarks .venv/bin/python -m measure.bench --quick $(ARGS)

bench-growth: dev web ## The hot endpoints at three sizes of data (ARGS="--scales S,M" leaves the province out)
	@PYTHONPATH=benchmarks .venv/bin/python -m measure.growth $(ARGS)

bench-pages: dev web ## Measure every page in a slowed-down browser: LCP, INP, CLS, scripts (CHROMIUM)
	@CHROMIUM="$$(bin/setup chromium)"; export CHROMIUM; .venv/bin/python benchmarks/pages.py $(ARGS)

bench-lighthouse: dev web ## The main pages as Lighthouse sees them, in the same lab setting (CHROMIUM)
	@npm ci --prefix benchmarks/lighthouse --no-audit --no-fund --silent
	@CHROMIUM="$$(bin/setup chromium)"; export CHROMIUM; .venv/bin/python benchmarks/lighthouse_pages.py $(ARGS)

bench-answers: dev ## Kill the API 100 times while answers are saved: none that was acknowledged may be lost
	@bin/siji with-services -- .venv/bin/python benchmarks/kill_answers.py $(ARGS)

faults: dev web ## Break every part while people answer; what they notice, what is lost (ARGS="--quick", "--only NAME", "--all")
	@PYTHONPATH=benchmarks .venv/bin/python -m faults.run $(ARGS)

bench-alerting: dev web ## From a fault to the message received, ten kinds and more; false alarms of an hour (ARGS="--minutes 10")
	@PYTHONPATH=benchmarks .venv/bin/python -m alerting.run $(ARGS)

soak: dev web ## Half an hour of work: does memory, do connections, open files grow? (ARGS="--minutes 120")
	@PYTHONPATH=benchmarks .venv/bin/python -m faults.soak $(ARGS)

bench-jobs: dev ## Kill workers, children and Redis 200 times during 500 jobs: none may be stuck, lost or done twice
	@.venv/bin/python benchmarks/kill_jobs.py $(ARGS)

bench-runs: dev ## Kill a worker at every boundary of every stage of a teaching run: nothing may be twice, lost or paid twice
	@.venv/bin/python benchmarks/kill_runs.py $(ARGS)

bench-failover: dev ## Lose the primary for good and promote the standby: no acknowledged answer may be lost
	@.venv/bin/python benchmarks/failover.py $(ARGS)

bench-stale: dev ## 5,000 own writes read back beside a replica that is late, frozen, killed: none may be stale
	@.venv/bin/python benchmarks/stale_reads.py $(ARGS)

bench-uploads: dev ## 1,000 uploads over a network that cuts and delays 20 % of connections, the API killed in between
	@bin/siji with-services -- .venv/bin/python benchmarks/uploads.py $(ARGS)

bench-model: dev ## Every fault of a model × 100 scripts, and 1,000 calls through one worker's connections
	@bin/siji with-services -- .venv/bin/python benchmarks/model_faults.py --faults --connections $(ARGS)

bench-ai: dev ## 50 scripts at once, from submit to the mark on the page, beside the naive in-request call (A10; nginx needed)
	@.venv/bin/python benchmarks/ai_marking.py $(ARGS)

bench-injection: dev ## Words to the marker against a model that obeys them: marks moved before and after our checks
	@bin/siji with-services -- .venv/bin/python benchmarks/injection.py $(ARGS)

bench-marking: dev ## Marks of the built-in engine against the golden scripts (ARGS=fit fits it again)
	@.venv/bin/python benchmarks/marking.py $(ARGS)

bench-sign-in: dev ## 500 people sign in within a minute beside an exam, whose saves stay quick
	@bin/siji with-services -- .venv/bin/python benchmarks/sign_in.py $(ARGS)

##@ Trust it · 安全
.PHONY: fuzz sbom audit
fuzz: dev ## Every operation by every role with what the OpenAPI document allows and forbids: no 5xx (ARGS="--examples 200")
	@bin/siji with-services -- .venv/bin/python benchmarks/fuzz.py $(ARGS)

sbom: dev ## What the product is made of, as CycloneDX: build/sbom-python.json, build/sbom-npm.json
	@.venv/bin/python bin/sbom

audit: dev ## Known vulnerabilities in it; says so plainly where no database of them can be asked
	@.venv/bin/python bin/audit

##@ Parts of the tests, each runs alone · 分项
.PHONY: lint types contracts openapi-fresh test-backend test-frontend test-machine drills test-door test-browser
lint: dev node ## ruff, eslint, prettier
	@$(BACKEND)/ruff format --check --quiet $(PYTHON) && ../.venv/bin/ruff check --quiet $(PYTHON)
	@$(NPM) lint
	@$(NPM) format:check

types: dev node ## mypy --strict, tsc
	@$(BACKEND)/mypy --no-error-summary siji model_server
	@$(NPM) types

contracts: dev ## The layers between the rooms (import-linter)
	@$(BACKEND)/lint-imports --no-logo >../build/contracts.log || { cat ../build/contracts.log; exit 1; }

openapi-fresh: dev node ## The OpenAPI document and the TypeScript client are what the code says
	@bin/siji openapi --check
	@$(NPM) client:check

test-backend: dev ## Rules, actions and stories on a PostgreSQL and Redis of their own (WORKERS=3)
	@bin/siji with-services -- bash -c '$(PYTEST)/backend.xml -m "not machine" -n $(WORKERS) --dist worksteal $(ARGS)'

test-frontend: node ## vitest
	@mkdir -p $(RESULTS)
	@$(NPM) test -- --reporter=dot --reporter=junit --outputFile.junit=../$(RESULTS)/frontend.xml

test-machine: dev web ## Supervisor, doctor, front door: real processes, killed and healed
	@bin/siji with-services -- bash -c '$(PYTEST)/machine.xml -m "machine and not drill" siji/embedded -n $(WAITING_WORKERS) --dist loadfile $(ARGS)'

drills: dev web ## Backups restored, a primary lost, every process replaced, a model that writes, each page once more: CI runs them after `make test`
	@status=0; bin/siji with-services -- bash -c '$(PYTEST)/drills.xml -m drill siji/embedded -n $(WORKERS) --dist loadfile $(ARGS)' || status=$$?; \
	CHROMIUM="$$(bin/setup chromium --headless)"; export CHROMIUM; \
	( $(PYTEST)/browser-drills.xml -c pyproject.toml -m drill ../frontend/e2e ) || status=1; \
	.venv/bin/python bin/count-tests $(RESULTS) || status=1; exit $$status

test-door: dev web ## The front door alone: streams, large bodies, ranges, CSRF
	@bin/siji with-services -- bash -c '$(PYTEST)/door.xml siji/embedded/tests/test_front_door.py $(ARGS)'

test-browser: dev web ## Stories in a real browser (CHROMIUM, WAITING_WORKERS=4)
	@CHROMIUM="$$(bin/setup chromium --headless)"; export CHROMIUM; \
	$(PYTEST)/browser.xml -c pyproject.toml -m "not drill" -n $(WAITING_WORKERS) --dist worksteal ../frontend/e2e $(ARGS)

##@ While working · 开发
.PHONY: format openapi screenshots lock hooks dev node clean help
format: dev node ## Format everything
	@$(BACKEND)/ruff format --quiet $(PYTHON) && ../.venv/bin/ruff check --quiet --fix $(PYTHON)
	@$(NPM) format

openapi: dev node ## Write the OpenAPI document and the TypeScript client again
	@bin/siji openapi
	@$(NPM) client

screenshots: dev web ## A picture of every page into build/pictures, those to keep into docs/screenshots (CHROMIUM)
	@CHROMIUM="$$(bin/setup chromium)"; export CHROMIUM; \
	cd frontend && PYTHONPATH=../backend DJANGO_SETTINGS_MODULE=siji.settings ../.venv/bin/python -m e2e.screenshots

lock: dev ## Resolve the Python requirements again (hashes; no registry's address)
	@cd backend && for name in requirements requirements-dev; do \
	  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" $$name.in -o $$name.txt; done

hooks: ## Run `make check` before each commit
	@bin/setup hooks

dev:
	@mkdir -p $(RESULTS)
	@bin/setup python --dev

node:
	@bin/setup node

clean: ## Remove what was built; data in var/ stays
	@rm -rf build frontend/.next backend/.mypy_cache backend/.ruff_cache backend/.pytest_cache

help: ## Print this
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

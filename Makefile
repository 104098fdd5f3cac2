# Taskora. `make` alone explains every target.

PYTHON ?= python3
VENV := .venv/bin
PYTEST := $(VENV)/python -m pytest
# Two more than processors: many tests wait for what they started, or for the minute.
AT_ONCE := -n $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 2 ))) --maxprocesses 4 --dist loadfile --no-loadscope-reorder
NPM := npm --prefix frontend run --silent

.DEFAULT_GOAL := help
.PHONY: help run logs dead-letters settings test check lint types page unit contract integration conformance e2e browser chaos \
        bench-api bench-lists bench-sync bench-streams bench-events bench-search bench-reminders bench-idle bench-start bench-page screenshots pytest generate manifests image-tree images format ready clean

help: ## Explain every target
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Start Taskora on this machine: installs, builds, migrates, runs (PORT=8081 make run: another port; ATTACH=../lamp: with functions of yours)
	@$(PYTHON) -m knative.local run

logs: ## Follow what the runner and the functions say
	@tail -n 200 -F .taskora/logs/runner.log

dead-letters: $(if $(CONTEXT),,ready) ## What could not be delivered, here or in kubectl's CONTEXT= (ARGS="show ID", ARGS="replay --all", ARGS=--help)
	@$(if $(CONTEXT),$(PYTHON) -m knative.cluster.inside $(CONTEXT),$(VENV)/python -m knative.local.inside) functions.relay.dead_letters $(or $(ARGS),list)

settings: ## The settings of the Taskora that runs here, for a shell that runs a function: eval "`make --silent settings`"
	@$(VENV)/python -m knative.local.settings

test: ready ## Set up and run everything, lint and types included; ends with what was skipped and why
	@$(MAKE) --no-print-directory --jobs 2 lint types page
	@$(MAKE) --no-print-directory pytest

check: lint types contract ## What to run before each commit: lint, types, and the rules that hold the house together

lint: ready ## ruff and eslint
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(NPM) lint

types: ready ## mypy and TypeScript, both strict
	@$(VENV)/mypy
	@$(NPM) typecheck

page: ready ## Tests of the page without a browser
	@$(NPM) test

pytest: ready ## Every Python test, those in a browser too
	@$(VENV)/python -m tests.chromium
	@$(PYTEST) $(AT_ONCE)

unit: ready ## Rules that need no store
	@$(PYTEST) tests/unit

contract: ready ## What holds the design together: names, imports, manifests, freshness
	@$(PYTEST) tests/contract

integration: ready ## Each function with real PostgreSQL and Redis
	@$(PYTEST) tests/integration

conformance: ready ## The runner's promises, as Knative keeps them
	@$(PYTEST) tests/conformance

e2e: ready ## `make run` itself, started, killed and stopped
	@$(PYTEST) tests/e2e

browser: ready ## The page in a real Chromium
	@$(VENV)/python -m tests.chromium
	@$(PYTEST) tests/browser

generate: ready ## Write what is made from code: event catalogue, schemas, API document, the page's types, what func needs, the README's table
	@$(VENV)/python -m eventing.catalogue
	@$(VENV)/python -m functions.openapi
	@$(VENV)/python -m functions.func_projects
	@$(VENV)/python -m functions.table
	@$(NPM) generate

manifests: ready ## Render the overlays and have Knative's own admission judge them (with Go, which builds what it takes)
	@$(VENV)/python -m knative.render
	@$(VENV)/python -m tests.contract.admission

chaos: ready ## The kill test, for a time and from a seed (ARGS="--minutes 5 --seed 8"); it prints the seed
	@$(VENV)/python -m tests.chaos $(ARGS)

image-tree: ready ## Lay out what each image adds to its base, under .taskora/images, and say what is in it
	@$(VENV)/python -m knative.images tree

images: ready ## Make the images with docker, podman or buildah (IMAGES=registry/prefix TAG=v1; else kind.local/taskora, local)
	@$(VENV)/python -m knative.images build

bench-api: ready ## Create, against pgbench with plain SQL, and all operations at once (needs wrk)
	@$(VENV)/python -m tests.load.bench_api

bench-lists: ready ## Lists in a dozen filters and orders, against pgbench with plain SQL (needs wrk)
	@$(VENV)/python -m tests.load.bench_lists

bench-sync: ready ## How long from a write to the user's other pages
	@$(VENV)/python -m tests.load.bench_sync

bench-streams: ready ## What 5,000 open pages cost while nothing happens, and how soon one of them is told something
	@$(VENV)/python -m tests.load.bench_streams

bench-events: ready ## 10,000 and 50,000 events a minute into audit and sync, through either log: what waits, how late, what it costs
	@$(VENV)/python -m tests.load.bench_events

bench-start: image-tree ## How long from exec to /health and to a first answer, each function from its image tree
	@$(VENV)/python -m tests.load.bench_start

bench-search: ready ## How long a search takes among 1,000, 100,000 and 1,000,000 tasks, and what it costs a create
	@$(VENV)/python -m tests.load.bench_search

bench-reminders: ready ## How late reminders are, 100,000 at once, and with remind killed
	@$(VENV)/python -m tests.load.bench_reminders

bench-idle: ready ## What runs while nobody is there
	@$(VENV)/python -m tests.load.bench_idle

bench-page: ready ## What a first view weighs, and how soon the page answers with 10,000 tasks and a slow processor (Chromium)
	@$(VENV)/python -m tests.load.bench_page

screenshots: ready ## Every view in both themes, three widths and each state, into .taskora/screenshots (ARGS="inbox today": these)
	@$(VENV)/python -m tests.browser.screenshots $(ARGS)

format: ready ## Put code into the one form
	@$(VENV)/ruff check --fix --quiet .
	@$(VENV)/ruff format .

ready: ## Install what checks and tests need (the others do it by themselves)
	@$(PYTHON) -m knative.local prepare

clean: ## Remove everything this machine made, except data
	rm -rf .venv .taskora/tools .taskora/images .taskora/bench .taskora/logs frontend/node_modules frontend/dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf functions/*/.func functions/*/.gitignore
	find eventing functions knative shared tests -name __pycache__ -type d -prune -exec rm -rf {} +

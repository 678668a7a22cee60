# Wat je met Binnenplein kunt doen. `make` zonder meer toont deze lijst.
# Needed: make and Python >= 3.11; .ci/opzet.py does the set-up and names in one line what is missing.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PY := .venv/bin/python
PORT ?= 8000
UV ?= $(shell command -v uv || echo .venv/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help python setup start test check bench mutanten kijk vertaal slot clean

help: ## toont deze lijst
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 of nieuwer ontbreekt: installeer het (Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)."; exit 1; }

setup: python ## zet alles klaar: omgeving, vormgeving, vertaling, database, voorbeeldgemeente
	@$(PYTHON) .ci/opzet.py

start: setup ## start Binnenplein op http://localhost:8000 (andere poort: PORT=8123 make start)
	@exec env DEBUG=$${DEBUG:-1} PORT=$(PORT) SITE_URL=$${SITE_URL:-http://localhost:$(PORT)} $(PY) manage.py serveer

test: python ## draait alle tests die hier kunnen draaien, en zegt welke niet en waarom
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@$(PY) -m tests.alles $(TESTS)

check: python ## stijl, typen, lagen en deuren, migraties, veiligheid van de instellingen, Engelse vertaling
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@$(PY) .ci/check.py

bench: python ## meet de snelheid naast kale Django (op PostgreSQL)
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@$(PY) -m tests.bench

mutanten: python ## plant lekken in de toegang en kijkt of de tests ze vinden
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@$(PY) -m tests.zichtbaarheid.mutanten

kijk: python ## schermfoto's van elke pagina in build/kijk/index.html
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@$(PY) -m tests.kijk $(KIJK)

vertaal: python ## zet nieuwe teksten klaar voor de Engelse vertaling (intranet/locale/en)
	@$(PYTHON) .ci/opzet.py --ontwikkeling --zonder-database
	@DEBUG=1 $(PY) manage.py catalogus --trek

slot: ## schrijft requirements.txt en requirements-dev.txt opnieuw (met uv)
	@test -x "$(UV)" || { echo "uv ontbreekt: installeer het (pipx install uv)."; exit 1; }
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml -o requirements.txt --quiet
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt --quiet

clean: ## ruimt op wat gemaakt is; data/ blijft staan
	rm -rf .venv node_modules build static-verzameld intranet/static/intranet/gebouwd
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

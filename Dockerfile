# One image for web, worker and scheduler; what it runs is said in docker-compose.yml.
FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=mentoring.settings.production
WORKDIR /app

COPY system-packages.txt ./
RUN apt-get update \
    && awk '!/^#/ && $2 == "run" {print $1}' system-packages.txt | xargs apt-get install -y --no-install-recommends \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt

COPY --from=packages /app/node_modules ./node_modules
COPY . .
RUN python -m tools.catalogues \
    && DJANGO_SETTINGS_MODULE=mentoring.settings.build python manage.py collectstatic --no-input --verbosity=0 \
    && useradd --system --uid 10001 --no-create-home mentoring \
    && install --directory --owner=mentoring --group=mentoring --mode=0750 /media

USER mentoring
EXPOSE 8000
CMD ["gunicorn", "--no-control-socket", "-c", "python:mentoring.gunicorn", "mentoring.wsgi"]

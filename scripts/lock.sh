#!/bin/sh
# Resolves pyproject.toml into the lock files again; needs uv.
#
#   sh scripts/lock.sh
set -eu
locked="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet"
# shellcheck disable=SC2086  # the options are words
uv pip compile $locked pyproject.toml -o requirements.lock
# shellcheck disable=SC2086
uv pip compile $locked --extra dashboard -c requirements.lock pyproject.toml -o requirements-dashboard.lock
# shellcheck disable=SC2086
uv pip compile $locked --extra dev --extra dashboard -c requirements.lock pyproject.toml -o requirements-dev.lock

#!/bin/sh
# Makes .venv and installs the packages of a lock file into it; does nothing when that is done.
#
#   sh scripts/setup.sh requirements.lock
#
# A stamp in .venv holds the checksum of the lock file, so a changed lock installs again.
set -u
lock=$1
stamp=.venv/installed-$lock
wanted=$(cksum <"$lock") || exit 1

fail() {
    echo "gongkai: $1" >&2
    exit 1
}

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x .venv/bin/python ]; then
    exit 0
fi

suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
python=
seen=
for candidate in "${GONGKAI_PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python; do
    version=$("$candidate" --version 2>/dev/null) || continue
    seen=${seen:-$version}
    if "$candidate" -c "$suits" 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$seen" ] || fail "no Python found; install Python 3.11, 3.12 or 3.13"
[ -n "$python" ] || fail "$seen found, but Python 3.11, 3.12 or 3.13 is needed (GONGKAI_PYTHON=path names one)"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$("$python" --version) has no venv module; install it (on Debian and Ubuntu: apt install python3-venv)"

# An environment whose Python is gone or of another version is made anew.
if ! .venv/bin/python -c "$suits" 2>/dev/null; then
    echo "gongkai: making the environment .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || fail "could not make .venv; is the disk full or the directory read-only?"
fi

total=$(grep -c '^[a-z0-9_.-]*==' "$lock")
echo "gongkai: installing the packages of $lock (about $total; a few minutes the first time)"
log=.venv/install.log
{
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes \
        --no-deps --requirement "$lock" 2>&1
    echo "status $?"
} | tee "$log" | awk -v total="$total" '
    /^(Collecting|Processing) / { found += 1; if (found % 20 == 0) print "  " found " of about " total " fetched"; fflush() }
    /^Installing collected/ { print "  installing" ; fflush() }'
tail -n 1 "$log" | grep -qx 'status 0' ||
    fail "installing failed: $(grep -m 1 '^ERROR' "$log" || echo 'no reason given') (whole log: $log)"
echo "$wanted" >"$stamp"
echo "gongkai: the environment is ready"

# Sourced by the scripts here: where the clone is, which Swift it uses, and how to say things.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
script=$(basename "$0")

# The oldest Swift that builds the project.
needed_swift=6.2

say() { printf '%s\n' "$*" >&2; }
fail() {
    printf '%s: %s\n' "$script" "$*" >&2
    exit 1
}

# Puts a Swift toolchain on PATH when it lies in one of the usual places; leaves the choice to the caller otherwise.
find_swift() {
    if ! command -v swift >/dev/null 2>&1; then
        local place
        for place in "$HOME/.local/share/swiftly/bin" /opt/swift/usr/bin /usr/local/swift/usr/bin /usr/libexec/swift/bin; do
            if [ -x "$place/swift" ]; then
                PATH="$place:$PATH"
                export PATH
                return
            fi
        done
    fi
}
find_swift

# The newest PostgreSQL server programs of this machine; empty when there are none.
postgres_programs() {
    local place
    place=$(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$place" ] && [ -x "$place/initdb" ]; then
        printf '%s\n' "$place"
    elif command -v initdb >/dev/null 2>&1; then
        dirname "$(command -v initdb)"
    fi
}

# Makes the clone's Python environment and installs packages there, with pinned versions so that results can be repeated.
# Nothing outside the clone changes; a second time it only looks.
python_packages() {
    local venv=$repository/.puente/venv
    if [ ! -x "$venv/bin/pip" ]; then
        mkdir -p "$repository/.puente"
        python3 -m venv "$venv" || fail "cannot make a Python environment: run deploy/setup"
    fi
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" ||
        fail "pip could not install: $*. Its message above says why"
}

# Seconds since the epoch, for the table of times.
now() { date +%s; }

#!/bin/sh
# Measure reading and structure beside the peers, in an environment of their own (made once).
set -eu
cd "$(dirname "$0")/.."
bench=.venv/bench
if [ ! -f "$bench/.ready" ] || [ benchmarks/requirements.txt -nt "$bench/.ready" ]; then
  .venv/bin/python -m venv "$bench"
  "$bench/bin/python" -m pip install -q --disable-pip-version-check -r benchmarks/requirements.txt -e .
  touch "$bench/.ready"
fi
"$bench/bin/python" benchmarks/extract.py "$@"
"$bench/bin/python" benchmarks/structure.py

#!/bin/sh
# Made by scripts/setup.mjs; changes here are lost.
# Starts Electron in place of itself, never without its sandbox.
set -eu
for argument in "$@"; do
  case "$argument" in
    --no-sandbox | --disable-setuid-sandbox | --disable-namespace-sandbox)
      echo "Lockwatch never runs without the sandbox: leave $argument away (Playwright: chromiumSandbox: true)." >&2
      exit 64
      ;;
  esac
done
exec @START@ @BINARY@ "$@"

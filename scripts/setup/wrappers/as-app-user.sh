#!/bin/sh
# Made by scripts/setup.mjs; changes here are lost.
# Runs its arguments as the ordinary user, in place of itself: signals and the exit code pass through, and the
# program ends when the one that started it does.
set -eu

# A folder of its own for sockets, as a login would give it.
if [ -z "${LOCKWATCH_SESSION_DIR:-}" ]; then
  LOCKWATCH_SESSION_DIR=@HOME@/run
  [ -d "$LOCKWATCH_SESSION_DIR" ] || install -d -m 0700 -o @UID@ -g @GID@ "$LOCKWATCH_SESSION_DIR"
fi

# Folders of root are of no use to the ordinary user.
for name in XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME TMPDIR; do
  eval "value=\${$name:-}"
  case "$value" in "${HOME:-/root}"/*) unset "$name" ;; esac
done
unset SUDO_USER SUDO_UID SUDO_GID SUDO_COMMAND MAIL
export HOME=@HOME@ USER=@USER@ LOGNAME=@USER@ LOCKWATCH_SESSION_DIR XDG_RUNTIME_DIR="$LOCKWATCH_SESSION_DIR"

exec @PAST_CLOSED_FOLDER@ setpriv --reuid=@UID@ --regid=@GID@ --init-groups --pdeathsig TERM -- "$@"

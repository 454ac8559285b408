#!/bin/sh
# Made by scripts/setup.mjs; changes here are lost.
# Runs its arguments with some folders shown inside a folder that is closed to other users, such as /root. It
# is called in a mount namespace of its own: nobody else sees any of this.
set -eu
hold=/run/lockwatch-dev

number=0
for folder in @SHOWN@; do
  mkdir -p "$hold/$number"
  mount --rbind "$folder" "$hold/$number"
  number=$((number + 1))
done
mount -t tmpfs -o mode=0755,size=1m lockwatch @CLOSED@
number=0
for folder in @SHOWN@; do
  mkdir -p "$folder"
  mount --rbind "$hold/$number" "$folder"
  number=$((number + 1))
done

cd "$PWD" 2>/dev/null || cd /
exec "$@"

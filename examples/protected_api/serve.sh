#!/bin/sh
# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs the API of show.yml in the present directory: with its log in api.log, and its process id in api.pid, which is
# called api.ended once it has ended.
#
#   sh serve.sh PLAYBOOK COMMAND...     PLAYBOOK: the process id of the playbook
#
# An interrupted playbook does not get to the tasks that stop the API and remove the directory, in which a secret is. So
# this does both, should the playbook end and the directory still be there.

playbook=$1
directory=$PWD
shift

has_ended() {
  ! kill -0 "$1" 2> /dev/null
}

"$@" > api.log 2>&1 < /dev/null &
api=$!
echo "$api" > api.pid
until has_ended "$api" || has_ended "$playbook"; do
  sleep 0.2
done
kill "$api" 2> /dev/null
tries=50
until has_ended "$api"; do
  [ "$tries" -gt 0 ] || kill -9 "$api"
  tries=$((tries - 1))
  sleep 0.2
done
mv api.pid api.ended

until has_ended "$playbook" || [ ! -e "$directory" ]; do
  sleep 0.2
done
cd / && rm -rf "$directory"

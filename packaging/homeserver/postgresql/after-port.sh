#!/bin/sh
# after-port.sh HOST USER DATABASE: once, after synapse_port_db and before Synapse starts. Moves every sequence one on.
# The tool leaves each of them at the number that the next row gets; Synapse takes that for one already handed out, and
# the very first read mark or muting after the move would reach no window. A number that is left out does no harm.
set -eu
psql() { command psql --host="$1" --username="$2" --dbname="$3" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1; }
echo "SELECT format('SELECT nextval(%L);', sequencename) FROM pg_sequences" |
	psql "$@" | psql "$@" >/dev/null

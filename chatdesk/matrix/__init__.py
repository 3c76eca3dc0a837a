"""The Matrix client-server API over httpx: the only place that knows rooms and events. Keeps no state beyond its
connection pool; hands domain types up."""

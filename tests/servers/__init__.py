"""Test helpers around real servers: a Synapse for the whole session, accounts on it, a proxy that loses answers."""

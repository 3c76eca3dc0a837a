"""Pictures of the real program on a real server, made anew by `make filmstrip`; README shows some of them."""

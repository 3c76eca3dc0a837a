"""JSON objects of the SDK to domain objects and back. Pure, any thread; they decide nothing."""

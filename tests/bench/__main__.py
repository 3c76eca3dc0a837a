"""`python -m tests.bench [NAME ...]`: run all benchmarks, or those whose module name contains a NAME."""

import importlib
import pkgutil
import sys

import tests.bench

if __name__ == "__main__":
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if module.name.startswith("bench_") and (
            len(sys.argv) == 1 or any(word in module.name for word in sys.argv[1:])
        ):
            importlib.import_module(f"tests.bench.{module.name}").main()

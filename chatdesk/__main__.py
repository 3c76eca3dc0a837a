"""`python -m chatdesk`."""

import sys

from chatdesk.app.main import main

if __name__ == "__main__":
    sys.exit(main())

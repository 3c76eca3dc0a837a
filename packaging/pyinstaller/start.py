"""What the frozen program runs first: the same entry point as everywhere else."""

import sys

from chatdesk.app.main import main

sys.exit(main())

"""`python -m pullquote`."""

import sys

from pullquote.cli import main

sys.exit(main())

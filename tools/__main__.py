"""`python3 -m tools run|dev|reset|test|check|bench|lock|messages`: what the Makefile calls.

Written so that an old Python reaches the sentence about its age.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed; %s is %d.%d." % (sys.executable, *sys.version_info[:2]))  # noqa: UP031

from tools.commands import main

sys.exit(main(sys.argv[1:]))

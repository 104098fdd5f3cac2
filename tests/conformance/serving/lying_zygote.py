"""Imported beforehand, it says something to the runner that no zygote would say."""

import os
import sys

os.write(int(sys.argv[sys.argv.index("--socket") + 1]), b"this is not JSON\n")

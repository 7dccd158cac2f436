"""What holds for every test: the same outcome on every machine and in every order."""

from __future__ import annotations

import os

from hypothesis import settings

# The settings of whoever runs the tests must not reach the code under test, nor the
# processes it starts.
for name in [name for name in os.environ if name.startswith("CONSOLE_")]:
    del os.environ[name]
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "UTC"

# Examples are derived from the test itself, not from chance, and none is remembered.
settings.register_profile("same-everywhere", derandomize=True, database=None, deadline=None)
settings.load_profile("same-everywhere")

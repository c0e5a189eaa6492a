"""Nothing is kept between the runs of the tests: the same text means other things to the fake rules of some."""

import os

os.environ["STABAUDIT_NO_CACHE"] = "1"

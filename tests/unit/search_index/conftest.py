"""Property tests here take the time they need: the first example pays for compiling, and machines are busy."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

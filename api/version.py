"""The version of the software and of its description."""

VERSION = "0.1.0"

"""The version of the software, sealed into every edition."""

__version__ = "0.1.0"

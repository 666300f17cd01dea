"""One file for each kind of page: what it shows is gathered here, how it looks stands in ``templates``."""

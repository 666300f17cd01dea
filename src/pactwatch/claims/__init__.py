"""Published claims, tested: evidence in, a verdict with its reasons out.

``question`` says how a claim is written, ``reading`` checks it, ``evidence`` is what it is tested on, ``kinds/`` hold
one test each (their statistics in ``methods/``), ``grid`` repeats it under other reasonable choices, ``verdict``
turns the result into one of five words by the ``thresholds``, and ``family`` runs all claims together.
"""

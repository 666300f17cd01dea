"""The statistics behind the claim kinds: pure functions of numbers, each with its source and a worked example.

``events`` joins rows of one occasion, ``statistics`` holds what several kinds share, ``chance`` the rules of drawing;
the others serve one kind each: ``months`` cluster, ``growth`` trend, ``herfindahl`` concentration, ``orders`` depth,
``proportions`` shift, ``firsts``, ``ladder`` and ``nearness`` precedes.
"""

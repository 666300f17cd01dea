"""The audit of an article: which of its sentences hold, on what evidence.

``article`` takes the text or refuses it; ``reading/`` says of each sentence what it is and how its claim is read, by
the words of ``lexicons/LANGUAGE/audit``; ``entries/`` turn a reading into a claim as ``claims.toml`` has them, with
other readings beside it; ``judging`` tests these as one family, by the tests every claim of a casebook takes;
``events`` looks told events up among the records; ``legal`` names the rules that bear on a sentence; ``answering``
puts the answers together, ``auditing`` goes the whole way, ``report`` tells it.
"""

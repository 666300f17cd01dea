"""Speaking HTTP, for the server and the API.

``answers`` sends what was made (entity tags, dates, gzip, ranges) and keeps it; ``problems`` says what went wrong;
``rates`` counts how often a reader asks.
"""

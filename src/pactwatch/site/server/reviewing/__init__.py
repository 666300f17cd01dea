"""The review queue in the browser: a second face of the desk that ``pactwatch review`` shows in the terminal.

``reviewers`` says who may decide; ``sessions`` knows a browser again; ``office`` holds a desk for each reviewer;
``form`` reads what was sent; ``views`` turns a question into what a page shows; ``decisions`` takes an answer to the
desk; ``room`` is the way of a request through these.
"""

from pactwatch.site.server.reviewing.office import Office
from pactwatch.site.server.reviewing.reviewers import Reviewers, ReviewersError, is_loopback, read_reviewers
from pactwatch.site.server.reviewing.room import ReviewRoom

__all__ = ["Office", "ReviewRoom", "Reviewers", "ReviewersError", "is_loopback", "read_reviewers"]

"""One file per verb: parse, call the pipeline, print."""

"""One file to typed rows: opening, decoding, splitting, reading cells, and telling what was mended."""

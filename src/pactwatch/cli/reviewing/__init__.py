"""Review in the terminal: ``keyboard`` reads single keys, ``screen`` draws a question, ``session`` asks them all."""

"""``python -m pactwatch``: the command line without its installed script."""

from pactwatch.cli.run import main

main()

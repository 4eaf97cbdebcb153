"""``python -m dutyroom``: the command line."""

from dutyroom.cli.main import main

main(prog_name="dutyroom")

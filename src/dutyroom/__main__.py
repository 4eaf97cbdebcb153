"""``python -m dutyroom``: the command line."""

from dutyroom.site.cli import main

main(prog_name="dutyroom")

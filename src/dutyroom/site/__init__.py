"""Where everything is wired: settings, members, the ASGI front and the command line."""

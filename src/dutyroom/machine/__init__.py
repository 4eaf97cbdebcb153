"""The machine: processes, ports, folders, files written whole."""

"""The HTTP interface: routers, schemas and the live stream."""

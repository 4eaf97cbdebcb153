"""The only door to sealed data: policy -> log -> unseal. What is on the screen came through here."""

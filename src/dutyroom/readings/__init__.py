"""The only door to sealed data: policy -> log -> unseal. What a screen shows came through here."""

"""The bytes of attachments: looked at, cleaned, sealed, and kept beside the journal."""

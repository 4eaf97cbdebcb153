"""City packs made from recorded calls."""

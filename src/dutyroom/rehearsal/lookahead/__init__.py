"""The next hour, a thousand times, from the picture of the moment."""

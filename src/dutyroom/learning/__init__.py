"""What recorded calls teach: service times, ways driven, usual weeks; a past period rehearsed."""

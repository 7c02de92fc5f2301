"""Bodies that meet: sessions, agenda, votes in the room, minutes, open data."""

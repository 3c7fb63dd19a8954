"""What hub.load answers, written down for tests that run without Python."""

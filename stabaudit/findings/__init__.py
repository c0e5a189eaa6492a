"""What a check says about one place, as plain values."""

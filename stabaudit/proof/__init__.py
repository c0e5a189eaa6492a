"""What a term computes in floats, what it is in truth, and the verdict of comparing the two."""

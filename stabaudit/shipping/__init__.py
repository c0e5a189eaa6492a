"""Writes what a wheel brings with it: answers about common formulas, and what is made of the rules alone."""

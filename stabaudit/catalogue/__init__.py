"""The rules: what one is, how it is read from its file, and what is made of all of them."""

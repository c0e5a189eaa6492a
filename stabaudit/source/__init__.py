"""What is a Python source, and how it is read and written without harm."""

"""What earlier runs found, so that a file that has not changed costs one look at the file system.

What is kept is what the analysis says of a text, before anything is selected or silenced: no setting changes it, but
those that say what code means or what fixes call (`target`, `array-modules`): with them nothing is kept.
"""

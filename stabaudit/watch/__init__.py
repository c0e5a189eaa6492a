"""`pytest --stabaudit`: how near the data of a project's own tests comes to the inputs at which its findings fail."""

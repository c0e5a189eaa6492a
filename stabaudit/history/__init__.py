"""What files were at an earlier revision, asked of git without trusting the repository."""

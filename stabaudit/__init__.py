"""stabaudit: find numerically unstable Python, rewrite it, and prove the rewrite."""

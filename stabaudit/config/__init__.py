"""The settings of a project: read from its TOML files, checked, and told apart by where they come from."""

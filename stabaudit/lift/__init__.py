"""From syntax to terms: LibCST in, expressions with what is known of their names out."""

"""What screens are made of: one module per widget."""

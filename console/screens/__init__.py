"""What people see: one module per full screen."""

"""What is checked of a product line, one subject per module; each has `check(survey)`."""

"""What is true: facts, rules and the folds over them. No I/O, no clock, no screen, no SQL."""

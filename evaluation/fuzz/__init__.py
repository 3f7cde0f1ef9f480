"""Coverage-guided fuzzing of all that meets foreign bytes: what must hold of any input, and the campaign that hunts for one of which it does not."""

"""Stories of any size whose graph of origins and derivations is known: made, traced, and the error measured."""

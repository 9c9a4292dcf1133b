"""Stories of any size whose graph of origins is known: made, traced, and the error of the count."""

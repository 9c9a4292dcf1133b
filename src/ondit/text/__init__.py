"""Language, not news: offsets, normalising, sentences, lexicons, the encoder."""

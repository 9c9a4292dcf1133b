"""Measurements of intake: credits, main text, speed, memory."""

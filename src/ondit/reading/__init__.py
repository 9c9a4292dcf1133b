"""Ondit."""

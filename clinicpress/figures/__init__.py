"""Poses, drawn as people and things."""

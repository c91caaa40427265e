"""Schemas, lists of fields, and what a new clinic or an editor begins with."""

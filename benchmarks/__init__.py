"""Measurements that anyone can repeat: deterministic input, printed figures, a baseline in the same run."""

"""Reads documents: what is printed where, which table it is, what rows and columns are called."""

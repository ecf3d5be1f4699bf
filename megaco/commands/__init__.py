"""Commands of the program `h248` that show the codec."""

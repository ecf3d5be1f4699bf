"""Commands of the program `h248` that run the Iq profile."""

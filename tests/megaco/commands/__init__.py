"""The codec commands of the program."""

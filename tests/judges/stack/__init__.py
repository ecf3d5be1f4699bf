"""Erlang/OTP's whole stack, and Wireshark's view of what passes, as judges of ours."""

"""Independent judges of what we write: Erlang/OTP's megaco and Wireshark's dissector."""

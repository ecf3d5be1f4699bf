"""One dictionary serves several threads."""

from concurrent.futures import ThreadPoolExecutor

from megaco import decode, dictionary, encode

_TEXT = "MEGACO/3 mgc T={n}{{C={n}{{MF=ip/1/core/{n}{{E={n}{{al/of{{strict=exact}},dd/ce{{DM=d1}}}},SG{{cg/dt}}}}}}}}"


def test_what_is_written_at_once_is_not_mixed_up() -> None:
    """Each message has a writer of its own; what is shared is only remembered."""
    names = dictionary()
    messages = [decode(_TEXT.format(n=number), strict=True) for number in range(1, 400)]
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda message: encode(message, "binary", dictionary=names), messages))
        assert list(pool.map(lambda octets: decode(octets, dictionary=names, strict=True), written)) == messages

"""Tests of `megaco.sdp`; a package, so that its module names do not meet those of other folders."""

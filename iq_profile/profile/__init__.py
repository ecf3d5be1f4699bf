"""Profiles (H.248.1 clause 13): what a network uses of H.248, as data, and messages judged by it."""

from iq_profile.roles import Item, Naming, ProfileIdentity, RoleItems, Roles

from .judge import Finding, Spoken, judge, judge_exchange
from .loading import SHIPPED, Profile, load_profile, shipped_profile
from .model import AnyRule, PackageUse, ProfileFile, Rule

__all__ = [
    "SHIPPED",
    "AnyRule",
    "Finding",
    "Item",
    "Naming",
    "PackageUse",
    "Profile",
    "ProfileFile",
    "ProfileIdentity",
    "RoleItems",
    "Roles",
    "Rule",
    "Spoken",
    "judge",
    "judge_exchange",
    "load_profile",
    "shipped_profile",
]

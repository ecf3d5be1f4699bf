"""Profiles (H.248.1 clause 13): what a network uses of H.248, as data, and messages judged by it."""

from iq_profile.roles import Item, Naming, ProfileIdentity, RoleItems, Roles

from .loading import SHIPPED, Profile, load_profile, shipped_profile
from .model import AnyRule, PackageUse, ProfileFile, Rule

__all__ = [
    "SHIPPED",
    "AnyRule",
    "Item",
    "Naming",
    "PackageUse",
    "Profile",
    "ProfileFile",
    "ProfileIdentity",
    "RoleItems",
    "Roles",
    "Rule",
    "load_profile",
    "shipped_profile",
]

"""Associations between gateway and controller, sans-IO: registration, and contact lost, regained, watched and ended."""

from .controller import (
    AskGateway,
    ControllerConfig,
    GatewayDown,
    GatewayLeaving,
    GatewayLoaded,
    GatewayStaying,
    GatewayUp,
    RegisteredGateway,
    Registrar,
    RegistrarEvent,
)
from .gateway import (
    Ask,
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    GatewayAssociation,
    HandedOff,
    InService,
    Leaving,
    Left,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
)
from .load import LoadConfig, begins_call
from .timers import timers_asked_for
from .words import WatchItems, empty_audit

__all__ = [
    "Ask",
    "AskGateway",
    "AssociationConfig",
    "AssociationEvent",
    "ContactLost",
    "ControllerConfig",
    "GatewayAssociation",
    "GatewayDown",
    "GatewayLeaving",
    "GatewayLoaded",
    "GatewayStaying",
    "GatewayUp",
    "HandedOff",
    "InService",
    "Leaving",
    "Left",
    "LoadConfig",
    "MoveTo",
    "NoAnswer",
    "Refused",
    "Register",
    "RegisteredGateway",
    "Registrar",
    "RegistrarEvent",
    "WatchItems",
    "begins_call",
    "empty_audit",
    "timers_asked_for",
]

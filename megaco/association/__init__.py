"""Associations between gateway and controller, sans-IO: registration, and contact lost and regained."""

from .controller import ControllerConfig, GatewayDown, GatewayUp, RegisteredGateway, Registrar, RegistrarEvent
from .gateway import (
    AssociationConfig,
    AssociationEvent,
    ContactLost,
    GatewayAssociation,
    InService,
    MoveTo,
    NoAnswer,
    Refused,
    Register,
)

__all__ = [
    "AssociationConfig",
    "AssociationEvent",
    "ContactLost",
    "ControllerConfig",
    "GatewayAssociation",
    "GatewayDown",
    "GatewayUp",
    "InService",
    "MoveTo",
    "NoAnswer",
    "Refused",
    "Register",
    "RegisteredGateway",
    "Registrar",
    "RegistrarEvent",
]

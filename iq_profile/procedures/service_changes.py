"""ServiceChange read as the procedure whose method and reason it has."""

import re

from iq_profile.roles import Row, Sender
from megaco.message import ROOT, ServiceChangeParm, ServiceChangeRequest

from .elements import missing_elements
from .model import SERVICE_CHANGES, Procedure
from .reading import NO_COMMAND, Reader

_REASON = re.compile(r"\s*([0-9]{1,3})\b\s*(.*)", re.DOTALL)


def service_change(
    reader: Reader, request: ServiceChangeRequest, sender: Sender | None
) -> tuple[tuple[Procedure, ...], str]:
    """Read a ServiceChange; where it fits no procedure also return the key of the nearest."""
    services = request.services
    code, text = reason_of(services)
    is_root = request.termination_ids[0].upper() == ROOT
    rows = {key: row for key, row in reader.roles.procedures.items() if key in SERVICE_CHANGES}
    near = sorted(rows, key=lambda key: -_nearness(rows[key], services, code, is_root, sender))
    found = [
        _service_change(reader, key, request, code, text)
        for key in near
        if services.method in rows[key].methods
        and code in rows[key].reasons
        and rows[key].on_root in (None, is_root)
        and sender in (None, rows[key].sender)
    ]
    if found and services.version is None and services.profile is None:  # it may be one that needs neither
        whole = (one for one in found if not any(missing_elements(one, reader.roles)))
        return (next(whole, found[0]),), ""
    if found:
        return (found[0],), ""
    reader.fault(NO_COMMAND, f"no procedure has {_method(services)} for reason {code if code else 'none'}")
    return (), near[0] if near else ""


def _service_change(reader: Reader, key: str, request: ServiceChangeRequest, code: int, text: str) -> Procedure:
    services = request.services
    assert services.method is not None
    return SERVICE_CHANGES[key](
        services.method,
        code,
        reader.context_id,
        request.termination_ids,
        text,
        services.delay,
        services.version,
        services.profile,
        services.mgc_id_to_try,
        services.address,
    )


def reason_of(services: ServiceChangeParm) -> tuple[int, str]:
    """Return the code of a reason, 0 where there is none, and the words behind it."""
    found = _REASON.fullmatch(services.reason.text)
    return (int(found.group(1)), found.group(2)) if found is not None else (0, services.reason.text)


def _method(services: ServiceChangeParm) -> str:
    return services.method.value if services.method is not None else services.method_extension or "no method"


def _nearness(row: Row, services: ServiceChangeParm, code: int, is_root: bool, sender: Sender | None) -> int:
    """Count how well a row fits a ServiceChange; the reason says most, for method and place are few."""
    fits = (services.method in row.methods, row.on_root in (None, is_root))
    tells_more = services.version is not None or services.profile is not None
    can_be_sent = sender in (None, row.sender)
    return sum(fits) + 2 * (code in row.reasons) + tells_more * ("version" in row.elements) + 9 * can_be_sent

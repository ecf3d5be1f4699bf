"""Procedures and rewritten SDP from what the controller remembers of a session: pure functions, one a plan step."""

from iq_profile.procedures import (
    BEARER_EVENTS,
    ConfigureConnectionPoint,
    EventTerms,
    Order,
    ReleaseTerminations,
    ReserveConnectionPoint,
    StreamTerms,
)
from megaco.message import ALL, StreamMode
from megaco.sdp import Sdp, Setup

from . import rewrite
from .plans import PlanStep
from .settings import AlgSettings
from .state import Role, Session

_REQUEST_ID = 1
"""Of the one Events descriptor that each termination gets."""


def procedure(session: Session, step: PlanStep, settings: AlgSettings) -> Order:
    """Compose the procedure that a plan step asks the gateway for."""
    match step:
        case PlanStep.RESERVE_ANSWERER:
            return _reserve(session, "answerer", settings)
        case PlanStep.RESERVE_OFFERER:
            return _reserve(session, "offerer", settings)
        case PlanStep.CONFIGURE_ANSWERER:
            return _configure(session, "answerer", _answerer_terms(session, settings))
        case PlanStep.CONFIGURE_OFFERER:
            return _configure(session, "offerer", _offerer_terms(session, settings))
        case PlanStep.RELEASE:
            return release(session, settings)
    return _configure(session, "offerer", _tls_start_terms(session))


def release(session: Session, settings: AlgSettings) -> ReleaseTerminations:
    """Compose the release of all that is reserved."""
    names = (ALL,) if settings.release_all else session.named
    return ReleaseTerminations(session.context_id, names, is_wildcarded=settings.release_all)


def _reserve(session: Session, role: Role, settings: AlgSettings) -> ReserveConnectionPoint:
    interface = session.points[role].interface
    return ReserveConnectionPoint(
        session.context_id,
        settings.group,
        interface,
        tuple(_reserve_terms(session, role, index, settings) for index in session.secured),
        EventTerms(_REQUEST_ID, BEARER_EVENTS, heartbeat_s=settings.heartbeat_s),
        realm=interface,
    )


def _reserve_terms(session: Session, role: Role, index: int, settings: AlgSettings) -> StreamTerms:
    """Say what is known of a stream: towards the answerer the offer, towards the offerer its address too."""
    offered = session.offer.media[index]
    is_access = session.points[role].interface == "access"
    offer_setup = rewrite.offered_setup(offered)
    if role == "answerer":
        starts_tls = is_access and session.secured[index] == "BFCP"
        local = rewrite.local_to_choose(offered, offer_setup, is_access=is_access, settings=settings)
        return StreamTerms(
            index + 1,
            StreamMode.SEND_RECEIVE,
            local,
            establish_tls=starts_tls,
            source_filter=settings.filter_source or None,
        )
    own, far = Setup.ACTPASS, offer_setup
    if session.answer is not None:
        own = rewrite.answered_setup(session.answer.media[index])
        far = rewrite.opposite(own)
    local = rewrite.local_to_choose(offered, own, is_access=is_access, settings=settings)
    remote = rewrite.remote_of(offered, far, is_access=is_access, settings=settings)
    starts_tls = session.answer is not None and _merges_tls_start(session, index, settings)
    return StreamTerms(
        index + 1, StreamMode.SEND_RECEIVE, local, remote, starts_tls, source_filter=settings.filter_source or None
    )


def _merges_tls_start(session: Session, index: int, settings: AlgSettings) -> bool:
    return settings.merge_tls_start and session.is_originating and session.secured[index] == "MSRP"


def _configure(session: Session, role: Role, streams: tuple[StreamTerms, ...]) -> ConfigureConnectionPoint:
    released = _released_terms(session, role)
    return ConfigureConnectionPoint(session.context_id, session.points[role].termination_id or "", streams + released)


def _released_terms(session: Session, role: Role) -> tuple[StreamTerms, ...]:
    """Give back the streams whose m-line was refused meanwhile: empty descriptors free what was reserved."""
    point = session.points[role]
    gone = [stream_id for stream_id in point.locals if stream_id - 1 not in session.secured]
    for stream_id in gone:
        del point.locals[stream_id]
    return tuple(StreamTerms(stream_id, local=b"", remote=b"") for stream_id in gone)


def _answerer_terms(session: Session, settings: AlgSettings) -> tuple[StreamTerms, ...]:
    """Tell the answerer's address; towards a UE its fingerprint too, and for MSRP the gateway's role."""
    assert session.answer is not None
    point = session.points["answerer"]
    is_access = point.interface == "access"
    terms: list[StreamTerms] = []
    for index, application in session.secured.items():
        media = session.answer.media[index]
        setup = rewrite.answered_setup(media)
        own = rewrite.opposite(setup)
        remote = rewrite.remote_of(media, setup, is_access=is_access, settings=settings)
        directs = is_access and application == "MSRP"
        local = rewrite.with_setup(point.locals[index + 1], own) if directs else None
        terms.append(StreamTerms(index + 1, local=local, remote=remote, establish_tls=directs and own is Setup.ACTIVE))
    return tuple(terms)


def _offerer_terms(session: Session, settings: AlgSettings) -> tuple[StreamTerms, ...]:
    """Tell the TLS setup direction: the gateway takes towards the UE the role that the answerer took."""
    assert session.answer is not None
    point = session.points["offerer"]
    terms: list[StreamTerms] = []
    for index, application in session.secured.items():
        if application == "MSRP":
            own = rewrite.answered_setup(session.answer.media[index])
            local = rewrite.with_setup(point.locals[index + 1], own)
            offered = session.offer.media[index]
            remote = rewrite.remote_of(offered, rewrite.opposite(own), is_access=True, settings=settings)
            starts_tls = _merges_tls_start(session, index, settings)
            terms.append(StreamTerms(index + 1, local=local, remote=remote, establish_tls=starts_tls))
    return tuple(terms)


def _tls_start_terms(session: Session) -> tuple[StreamTerms, ...]:
    msrp = [index for index, application in session.secured.items() if application == "MSRP"]
    return tuple(StreamTerms(index + 1, establish_tls=True) for index in msrp)


def rewritten(session: Session, sdp: Sdp, *, is_offer: bool) -> bytes:
    """Rewrite an offer for the answerer, or an answer for the offerer."""
    point = session.points["answerer" if is_offer else "offerer"]
    for index, media in enumerate(sdp.media) if point.interface == "core" else ():
        sdp = sdp.replace_media(index, rewrite.without_request(media))
    for index in session.refused:
        sdp = sdp.replace_media(index, rewrite.rejected(sdp.media[index]))
    for index in session.secured:
        media, local = sdp.media[index], point.media(index + 1)
        if point.interface == "core":
            sdp = sdp.replace_media(index, rewrite.to_core(media, local))
        else:
            sdp = sdp.replace_media(index, rewrite.to_access(media, local, is_offer=is_offer))
    return sdp.encode()

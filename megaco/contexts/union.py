"""A wildcarded reply: the union of the replies that the terminations would have given (H.248.1 clause 6.2.2)."""

from collections.abc import Iterable

from megaco.message import AuditItem, AuditReturn, EmptyDescriptor, PackagesDescriptor

from .audits import item_of
from .config import ContextsConfig
from .errors import CommandError


class Union:
    """Collects descriptors, each once.

    Packages come together in one descriptor. Another descriptor that differs between terminations stands there several
    times: its values are alternatives (clause 7.2.5).
    """

    def __init__(self, config: ContextsConfig) -> None:
        self._config = config
        self._packages: dict[str, None] = {}
        self._descriptors: dict[AuditReturn, None] = {}

    def add(self, descriptors: Iterable[AuditReturn]) -> None:
        """Take what one termination tells; what goes beyond ``most_replies`` is only counted."""
        for one in descriptors:
            if len(self) > self._config.most_replies:
                return
            if isinstance(one, PackagesDescriptor):
                self._packages.update(dict.fromkeys(one.packages))
            else:
                self._descriptors[one] = None

    def __len__(self) -> int:
        return len(self._packages) + len(self._descriptors)

    def descriptors(self) -> tuple[AuditReturn, ...]:
        """Return the union; raises CommandError where it is too long, though the commands were carried out."""
        if len(self) > self._config.most_replies:
            text = f"The commands were carried out, but differ in more than {self._config.most_replies} descriptors"
            raise CommandError(self._config.codes.too_many_replies, text)
        packages = (PackagesDescriptor(tuple(self._packages)),) if self._packages else ()
        items = {item_of(one) for one in self._descriptors if not isinstance(one, EmptyDescriptor)}
        items |= {AuditItem.PACKAGES} if packages else set()
        told = (one for one in self._descriptors if not isinstance(one, EmptyDescriptor) or one.item not in items)
        return (*packages, *told)

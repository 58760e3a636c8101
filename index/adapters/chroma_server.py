"""The vectors in a Chroma server, in a collection of their own, so that several indexes may share it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import Settings
from chromadb.errors import NotFoundError

from index.adapters.chroma_collection import CollectionVectors, collection_names, shortened
from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_PATIENCE = httpx.Timeout(60, connect=10)
"""Seconds for one request; Chroma's own client waits for ever. Writing a batch takes 2 s on two busy cores."""
_REFUSED = 401, 403


@dataclass(frozen=True, slots=True)
class ChromaPlace:
    """Where a server is, and the token it wants, empty for none; the token is in no text made of this."""

    address: str
    token: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """The token in both forms that servers, and proxies before them, look for."""
        return {"Authorization": f"Bearer {self.token}", "X-Chroma-Token": self.token} if self.token else {}

    def error(self, text: str) -> StoreError:
        """An error that names the setting."""
        return StoreError(f"[store] chroma_url = {self.address}: {text}")

    def missing(self) -> StoreError:
        """The error that this server has nothing of an index that has passages."""
        return self.error(f"holds no vectors of this index; copy them there: `citewire migrate --to {self.address}`")

    def without_token(self, error: Exception) -> Exception:
        """The error as it may be shown; whoever answers there may have repeated the token."""
        return ValueError(str(error).replace(self.token, "...")) if self.token else error


class ChromaServerVectors(CollectionVectors):
    """The VectorStore port over a collection in a Chroma server (version 1 or later).

    A change is seen by all readers with their next question. After a restart of the server work goes on by itself.
    """

    # Besides its own errors and httpx's, the client raises the bare Exception for whatever it does not understand.
    failures: ClassVar[tuple[type[Exception], ...]] = (Exception,)
    batch: ClassVar[int] = 300
    """As many as Chroma Cloud lets one request write."""

    def __init__(self, place: ChromaPlace, name: str, *, make: bool) -> None:
        """Open the collection of this name; one that is not there is made, or else an error.

        Raises:
            StoreError: No Chroma server is there, it refuses the token, or has no such collection.
        """
        self._place, self._name = place, name
        self._require_server()
        self._client = self._connected()
        self._open(make=make)

    def clear(self) -> None:
        """Forget all vectors; the collection is made anew."""
        self.drop()
        self._open(make=True)

    def drop(self) -> None:
        """Remove the collections; nothing may be asked of this object afterwards. Raises StoreError."""
        for name in (self._name, *collection_names(self._name).values()):
            try:
                self._client.delete_collection(name)
            except NotFoundError:
                continue
            except self.failures as error:
                self._require_server()
                raise self._trouble(error) from error

    def _connected(self) -> ClientAPI:
        parts = urlsplit(self._place.address)
        secure = parts.scheme == "https"
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        try:
            client = chromadb.HttpClient(
                host=str(host),
                port=parts.port or (443 if secure else 80),
                ssl=secure,
                headers=self._place.headers(),
                settings=Settings(anonymized_telemetry=False),
            )
            # It takes no timeout from outside.
            client._server._session.timeout = _PATIENCE  # type: ignore[attr-defined] # noqa: SLF001 - likewise
        except self.failures as error:
            raise self._trouble(error) from error
        return client

    def _open(self, *, make: bool) -> None:
        try:
            self._collections = self._collections_in(self._client, self._name, make=make)
        except NotFoundError as error:
            raise self._place.missing() from error
        except self.failures as error:
            raise self._trouble(error) from error
        self._require_cosine()

    def _recover(self) -> None:
        """Tell what is wrong with the server, or else look for the collection anew: it may have been replaced."""
        self._require_server()
        self._open(make=False)

    def _require_server(self) -> None:
        """Raises StoreError, with the remedy, where no Chroma server answers that takes our token."""
        place = self._place
        try:
            answer = httpx.get(f"{place.address}/api/v2/auth/identity", headers=place.headers(), timeout=10)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            remedy = "start it (`chroma run --path DIR`), or correct the address"
            raise place.error(f"no server answers there ({shortened(error)}); {remedy}") from None
        if answer.status_code in _REFUSED:
            remedy = "put the right one into the environment variable that [store] chroma_token_env names"
            raise place.error(f"the server refuses the token; {remedy}" if place.token else f"wants a token; {remedy}")
        if not answer.is_success or '"tenant"' not in answer.text:
            raise place.error(f"what answers there is no Chroma server of version 1 (HTTP {answer.status_code})")

    def _trouble(self, error: Exception) -> StoreError:
        return self._place.error(f"the Chroma server failed: {shortened(self._place.without_token(error))}")

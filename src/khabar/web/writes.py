"""Jobs and accounts by the API. Each write leaves an entry in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from litestar import Controller, delete, get, post
from litestar.datastructures import UploadFile
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromPath, JSONBody

from khabar.errors import NotFound, UsageError
from khabar.web.accounts import Role, add_account, add_token, disable_account, list_accounts
from khabar.web.faults import FAULTS
from khabar.web.jobs import Job
from khabar.web.workbench import Ask, Bench

__all__ = ["Writes"]

Short = Annotated[str, msgspec.Meta(max_length=400)]
_MOST_ADDRESSES = 50
_MOST_FILES = 200


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pages to fetch."""

    addresses: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=2000)]], msgspec.Meta(min_length=1, max_length=_MOST_ADDRESSES)
    ]


class AccountIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account to be made, or one to be changed."""

    name: Short
    role: Role
    password: Annotated[str, msgspec.Meta(max_length=1024)]


class AccountOut(msgspec.Struct, frozen=True):
    """An account, without secrets."""

    name: str
    role: Role
    created_at: str
    enabled: bool


class TokenIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a token is for."""

    label: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class TokenOut(msgspec.Struct, frozen=True):
    """A token, shown this once."""

    token: str


@dataclass
class _UploadOperation(Operation):
    """The description of an upload."""

    def __post_init__(self) -> None:
        """Say what the body is."""
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        files = Schema(type=OpenAPIType.ARRAY, items=file, min_items=1, max_items=_MOST_FILES)
        body = Schema(type=OpenAPIType.OBJECT, properties={"data": files}, required=["data"])
        content = {"multipart/form-data": OpenAPIMediaType(schema=body)}
        self.request_body = RequestBody(content=content, required=True)


class Writes(Controller):
    """Jobs and accounts."""

    path = "/api/v1"
    tags = ["write"]

    @get("/jobs", sync_to_thread=False, responses=FAULTS)
    def jobs(self, bench: Bench) -> list[Job]:
        """Ingests since the server started, the newest first."""
        return bench.jobs.all()

    @get("/jobs/{key:str}", sync_to_thread=False, responses=FAULTS)
    def job(self, bench: Bench, key: FromPath[str]) -> Job:
        """One ingest: how far it is, what was rejected and why."""
        return bench.jobs.get(key)

    @post("/jobs/addresses", sync_to_thread=True, status_code=202, responses=FAULTS)
    def fetch(self, request: Ask, bench: Bench, data: JSONBody[Addresses]) -> Job:
        """Fetch pages and ingest them."""
        return bench.jobs.add_addresses(list(data.addresses), who=request.user.account.name)

    @post("/jobs/files", status_code=202, responses=FAULTS, operation_class=_UploadOperation)
    async def upload(self, request: Ask, bench: Bench) -> Job:
        """Upload files and ingest them."""
        # The framework's own reading of a list of files fails on a form without any.
        try:
            form = await request.form()
        except ValueError as error:
            raise UsageError("the body is no form of files", stage="upload") from error
        files = [file for file in form.getall("data", []) if isinstance(file, UploadFile)]
        if not 1 <= len(files) <= _MOST_FILES:
            raise UsageError(f"1 to {_MOST_FILES} files, each as `data`", stage="upload")
        named = [(file.filename or "file", await file.read()) for file in files]
        return bench.jobs.add_files(named, who=request.user.account.name)

    @get("/accounts", sync_to_thread=True, responses=FAULTS)
    def accounts(self, bench: Bench) -> list[AccountOut]:
        """Who may use the workbench."""
        with bench.store.engine.connect() as connection:
            found = list_accounts(connection)
        return [AccountOut(one.name, one.role, made, enabled) for one, made, enabled in found]

    @post("/accounts", sync_to_thread=True, responses=FAULTS)
    def add_account(self, request: Ask, bench: Bench, data: JSONBody[AccountIn]) -> AccountOut:
        """Make an account, or give one a new password and role."""
        add_account(bench.store, data.name, data.password, data.role, who=request.user.account.name)
        return self._account(bench, data.name)

    @delete("/accounts/{name:str}", sync_to_thread=True, responses=FAULTS)
    def disable_account(self, request: Ask, bench: Bench, name: FromPath[str]) -> None:
        """Let an account in no more; its judgements stay."""
        try:
            disable_account(bench.store, name, who=request.user.account.name)
        except UsageError as error:
            raise NotFound(error.detail, stage="account") from error

    @post("/accounts/{name:str}/tokens", sync_to_thread=True, responses=FAULTS)
    def add_token(self, request: Ask, bench: Bench, name: FromPath[str], data: JSONBody[TokenIn]) -> TokenOut:
        """A new API token of an account, shown this once."""
        try:
            return TokenOut(add_token(bench.store, name, data.label, who=request.user.account.name))
        except UsageError as error:
            raise NotFound(error.detail, stage="account") from error

    @staticmethod
    def _account(bench: Bench, name: FromPath[str]) -> AccountOut:
        with bench.store.engine.connect() as connection:
            found = list_accounts(connection)
        return next(AccountOut(a.name, a.role, made, on) for a, made, on in found if a.name == name.strip())

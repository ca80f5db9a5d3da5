"""Signing in and out, new passwords, and the first administrator."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.accounts import sentences, tokens
from advisor.accounts.actor import ANYBODY, SETTING_UP, Actor
from advisor.accounts.audit import AuditLog
from advisor.accounts.errors import SignInError, WaitError
from advisor.accounts.passwords import Hasher, check_password
from advisor.accounts.people import People
from advisor.accounts.policy import Kind, Role
from advisor.accounts.throttle import PER_ACCOUNT, PER_ADDRESS, PER_CODE, Limit
from advisor.clock import now
from advisor.errors import BadInputError
from advisor.messages import UserMessage
from advisor.stores.accounts import OPERATOR_ID, Account
from advisor.stores.attempts import AttemptStore, CodeStore
from advisor.stores.encryption import Vault
from advisor.stores.sessions import KeptSession, SessionStore


@dataclass(frozen=True)
class SignIn:
    """Checks who somebody is; wrong tries are counted in the database."""

    people: People
    sessions: SessionStore
    attempts: AttemptStore
    codes: CodeStore
    audit: AuditLog
    vault: Vault
    hasher: Hasher
    idle: timedelta
    longest: timedelta
    setup_lasts: timedelta

    def with_password(
        self, login: str, password: str, *, address: str, old_token: str = "", known: str = ""
    ) -> str:
        """Return a new session's token; the session of `old_token` ends.

        `known` is what the browser got when the same person signed in there before.

        Raises:
            WaitError: Too many wrong tries for this name or from this address.
            SignInError: Name or password is wrong, or the account is closed; it does not say which.
        """
        mine, theirs = self._count(login, address, known)
        account = self.people.store.by_login(login)
        is_open = account is not None and not account.is_disabled and bool(account.memberships)
        kept = account.password_hash if account and is_open else None
        right = self.hasher.verify(kept, password)
        if not right or account is None:
            self._failed(account, "password")
            raise SignInError(sentences.WRONG, detail="wrong name or password")
        if kept and self.hasher.is_outdated(kept):
            self.people.store.set_password(
                account.id, self.hasher.hash(password), must_change=account.must_change_password
            )
        self._right(mine, theirs)
        return self.begin(account, old_token=old_token, way="password")

    def begin(self, account: Account, *, old_token: str = "", way: str) -> str:
        """Begin a session for an account whose identity is proven; return its token."""
        if old_token:
            self.sessions.end(tokens.token_hash(old_token))
        token, moment = tokens.new_token(), now()
        self.sessions.add(
            tokens.token_hash(token), account.id, account.memberships[0].organisation.id,
            at=moment, expires_at=moment + self.longest,
        )  # fmt: skip
        self.audit.record(self._actor(account), "sign_in", Kind.SESSION, way=way)
        return token

    def session(self, token: str) -> KeptSession | None:
        """Return the session of a token, None where it is unknown or over."""
        return self.sessions.load(tokens.token_hash(token), at=now(), idle=self.idle)

    def sign_out(self, actor: Actor, *, everywhere: bool = False) -> None:
        """End the asker's session, or all of them."""
        if everywhere:
            self.sessions.end_all(actor.account_id)
        else:
            self.sessions.end(actor.session)
        self.audit.record(actor, "sign_out", Kind.SESSION, everywhere=everywhere)

    def change_password(self, actor: Actor, old: str, new: str, *, address: str) -> None:
        """Change the asker's own password; all other sessions end.

        Raises:
            WaitError: Too many wrong tries.
            SignInError: The old one is wrong.
            BadInputError: The new one is not taken.
        """
        account = self.people.store.load(actor.account_id)
        if account is None:
            raise SignInError(sentences.SESSION_OVER)
        # Counted apart from sign-ins: who guesses at the name outside keeps nobody from this.
        mine, theirs = self._count(f"change:{account.id}", address)
        if not self.hasher.verify(account.password_hash, old):
            self._failed(account, "change")
            raise SignInError(sentences.WRONG, detail="wrong old password")
        self._right(mine, theirs)
        self._set(account, new)
        self.sessions.end_all(account.id, but=actor.session)
        self.audit.record(actor, "change_password", Kind.ACCOUNT, account.id)

    def with_reset_code(
        self, login: str, code: str, new: str, *, address: str, known: str = ""
    ) -> str:
        """Set a new password with an administrator's one-time code; return a session's token.

        Raises:
            WaitError: Too many wrong tries.
            SignInError: Name or code is wrong or too old; it does not say which.
            BadInputError: The new password is not taken; the code stays good.
        """
        mine, theirs = self._count(login, address, known)
        check_password(new, login=login)
        account = self.people.store.by_login(login)
        index = self.vault.index("reset", tokens.plain_code(code))
        fits = account is not None and not account.is_disabled and bool(account.memberships)
        # The same work is done for a name that is not there.
        taken = self.codes.take("reset", account.id if account else "-", index, at=now())
        if not fits or taken is None or account is None:
            self._failed(account, "code")
            raise SignInError(sentences.CODE_WRONG, detail="wrong or old reset code")
        self._right(mine, theirs)
        self._set(account, new)
        self.sessions.end_all(account.id)
        self.audit.record(self._actor(account), "use_reset_code", Kind.ACCOUNT, account.id)
        return self.begin(account, way="reset_code")

    def new_setup_code(self) -> str | None:
        """Return a fresh code for the first administrator; None where there is one already."""
        if self.people.has_administrator():
            return None
        code = tokens.new_code()
        self.codes.put(
            "setup", "", self.vault.index("setup", tokens.plain_code(code)),
            expires_at=now() + self.setup_lasts,
        )  # fmt: skip
        return code

    def is_setup_code(self, code: str, *, address: str) -> bool:
        """Tell whether this is the code on the server's terminal; it stays good.

        Raises:
            WaitError: Too many wrong tries from this address.
        """
        if self.people.has_administrator():
            return False
        theirs = self._key("setup", address)
        self._begin(theirs, PER_CODE, sentences.WAIT)
        index = self.vault.index("setup", tokens.plain_code(code))
        if not self.codes.is_current("setup", "", index, at=now()):
            return False
        self.attempts.give_back(theirs)
        return True

    def set_up(
        self, code: str, *, login: str, name: str, password: str, organisation: str, address: str
    ) -> str:
        """Make the first administrator with the terminal's code; return a session's token.

        Raises:
            WaitError: Too many wrong tries from this address.
            SignInError: The code is wrong or too old, or there is an administrator already.
            BadInputError: Login or password is not taken; the code stays good.
        """
        if self.people.has_administrator():
            raise SignInError(sentences.SETUP_DONE, detail="set-up is over")
        if not self.is_setup_code(code, address=address):
            self.audit.record(ANYBODY, "set_up_refused", Kind.ACCOUNT)
            raise SignInError(sentences.SETUP_CODE_WRONG, detail="wrong or old set-up code")
        check_password(password, login=login)
        # Used up before the account is made: of two who send it at once, one is let in.
        index = self.vault.index("setup", tokens.plain_code(code))
        moment = now()
        if self.codes.take("setup", "", index, at=moment) is None:
            raise SignInError(sentences.SETUP_CODE_WRONG, detail="set-up code used meanwhile")
        self.people.store.add_organisation(OPERATOR_ID, organisation.strip()[:200] or "운영 기관")
        try:
            account = self.people.create(
                SETTING_UP, login=login, name=name, roles=[Role.ADMINISTRATOR], password=password
            )
        except BadInputError:
            self.codes.put("setup", "", index, expires_at=moment + self.setup_lasts)
            raise
        return self.begin(account, way="set_up")

    def known_browser(self, login: str) -> str:
        """Return what a browser keeps that this person signed in with; it opens nothing.

        Its tries are counted by themselves: whoever guesses at a name from outside, and has it
        locked, does not keep its owner out of the browsers that they use.
        """
        browser = tokens.new_id()
        return f"{browser}.{self._known(login, browser)}"

    def purge(self) -> None:
        """Drop sessions and codes that ran out, and tries of more than two days ago."""
        moment = now()
        self.sessions.purge(moment, idle=self.idle)
        self.codes.purge(moment)
        self.attempts.purge(moment - timedelta(days=2))

    def _set(self, account: Account, password: str) -> None:
        check_password(password, login=account.login)
        fresh = self.hasher.hash(password)
        self.people.store.set_password(account.id, fresh, must_change=False)

    def _count(self, login: str, address: str, known: str = "") -> tuple[str, str]:
        """Count a try for the name, whether or not there is one, and for the address."""
        browser, _, mark = known.partition(".")
        if browser and tokens.same(mark, self._known(login, browser)):
            mine = self._key("browser", browser)
        else:
            mine = self._key("account", self.people.store.login_index(login))
        theirs = self._key("address", address)
        self._begin(theirs, PER_ADDRESS, sentences.LOCKED)
        self._begin(mine, PER_ACCOUNT, sentences.LOCKED)
        return mine, theirs

    def _begin(self, key: str, limit: Limit, message: UserMessage) -> None:
        until: datetime | None = self.attempts.begin(
            key, at=now(), forget=limit.forget, wait_after=limit.wait_after
        )
        if until is not None:
            # No line for each: a flood of refused tries must not fill the log.
            raise WaitError(message, until)

    def _right(self, mine: str, theirs: str) -> None:
        self.attempts.succeed(mine)
        # Only this try: an own account must not wash an address of guesses at others.
        self.attempts.give_back(theirs)

    def _failed(self, account: Account | None, way: str) -> None:
        object_id = account.id if account else ""
        self.audit.record(ANYBODY, "sign_in_failed", Kind.ACCOUNT, object_id, way=way)

    def _known(self, login: str, browser: str) -> str:
        return self.vault.index("known", f"{self.people.store.login_index(login)}:{browser}")

    def _key(self, kind: str, value: str) -> str:
        return self.vault.index("attempt", f"{kind}:{value}")

    def _actor(self, account: Account) -> Actor:
        return Actor(frozenset(), id=account.id, account_id=account.id)

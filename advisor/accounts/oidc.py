"""Sign-in through an OIDC provider: code flow with PKCE, state and nonce. The door to authlib."""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from advisor.accounts import sentences, tokens
from advisor.accounts.actor import SYSTEM
from advisor.accounts.errors import SignInError
from advisor.accounts.people import People
from advisor.accounts.sign_in import SignIn
from advisor.clock import now
from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.stores.accounts import Account

logger = logging.getLogger(__name__)

FLOW_LASTS = timedelta(minutes=10)
TIMEOUT_S = 10.0
_ALGORITHMS = ["RS256", "ES256", "PS256"]  # public keys only: a shared secret signs nothing here


@dataclass(frozen=True)
class OutsideSignIn:
    """The configured provider; a sign-in under way is kept in the database, once usable."""

    settings: Settings
    people: People
    sign_in: SignIn

    @property
    def label(self) -> str:
        """Return what the button calls the provider."""
        return self.settings.oidc_name or self.settings.oidc_issuer.split("//")[-1]

    def begin(self, *, redirect_uri: str, browser: str) -> str:
        """Return the provider's address to send the browser to.

        Args:
            redirect_uri: Where the provider sends it back to.
            browser: Random value that a cookie of this browser holds; it must come back too.

        Raises:
            SignInError: The provider does not answer.
        """
        state, nonce, verifier = tokens.new_token(), tokens.new_token(), tokens.new_token()
        try:
            client = self._client(redirect_uri)
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"], state=state, nonce=nonce,
                code_verifier=verifier,
            )  # fmt: skip
        except Exception as error:
            logger.warning("oidc begin failed error=%r", error)
            raise SignInError(sentences.OUTSIDE_FAILED, detail="no authorization url") from error
        flow = {
            "nonce": nonce, "verifier": verifier, "redirect_uri": redirect_uri,
            "browser": tokens.token_hash(browser),
        }  # fmt: skip
        self.sign_in.codes.put(
            "oidc", tokens.token_hash(state), "", expires_at=now() + FLOW_LASTS,
            payload=json.dumps(flow),
        )  # fmt: skip
        return str(address)

    def finish(self, *, state: str, code: str, browser: str, old_token: str = "") -> str:
        """Return a session's token for who the provider says it is.

        Raises:
            SignInError: State, browser, code or token do not fit, or nobody here is that person.
        """
        kept = self.sign_in.codes.take("oidc", tokens.token_hash(state), "", at=now())
        if not kept:
            raise SignInError(sentences.OUTSIDE_FAILED, detail="unknown or used state")
        flow = json.loads(kept)
        if not browser or not tokens.same(tokens.token_hash(browser), flow["browser"]):
            raise SignInError(sentences.OUTSIDE_FAILED, detail="another browser's sign-in")
        try:
            claims = self._claims(code, flow)
        except Exception as error:
            logger.warning("oidc finish failed error=%r", error)
            raise SignInError(sentences.OUTSIDE_FAILED, detail="token not accepted") from error
        account = self._account(claims)
        return self.sign_in.begin(account, old_token=old_token, way="oidc")

    def identity(self, subject: str) -> str:
        """Return what an account is tied to: the issuer and its name for the person."""
        return f"{self.settings.oidc_issuer} {subject}"

    def _account(self, claims: dict[str, Any]) -> Account:
        outside = self.identity(str(claims["sub"]))
        account = self.people.store.by_outside(outside)
        if account is None and self.settings.oidc_role:
            login = str(claims.get("preferred_username") or f"oidc-{tokens.new_id()[:8]}")
            if self.people.store.by_login(login) is not None:
                # A name at the provider is no proof of being the one who has it here.
                login = f"{login}-{tokens.new_id()[:6]}"
            try:
                account = self.people.create(
                    SYSTEM, login="".join(login.split()), name=str(claims.get("name") or login),
                    roles=[self.settings.oidc_role], email=str(claims.get("email") or ""),
                    organisation_id=self.settings.oidc_organisation, outside=outside,
                )  # fmt: skip
            except BadInputError as error:
                raise SignInError(sentences.OUTSIDE_UNKNOWN, detail="not provisioned") from error
        if account is None or account.is_disabled or not account.memberships:
            raise SignInError(sentences.OUTSIDE_UNKNOWN, detail="no open account")
        return account

    def _claims(self, code: str, flow: dict[str, str]) -> dict[str, Any]:
        """Exchange the code and return the claims of a token that this provider signed for us."""
        import httpx
        from joserfc import jwt
        from joserfc.jwk import KeySet

        metadata = self._metadata()
        client = self._client(flow["redirect_uri"])
        token = client.fetch_token(
            metadata["token_endpoint"], grant_type="authorization_code", code=code,
            code_verifier=flow["verifier"],
        )  # fmt: skip
        keys = httpx.get(metadata["jwks_uri"], timeout=TIMEOUT_S).raise_for_status().json()
        decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self.settings.oidc_issuer},
            aud={"essential": True, "value": self.settings.oidc_client_id},
            nonce={"essential": True, "value": flow["nonce"]},
            sub={"essential": True},
            exp={"essential": True},
        )
        registry.validate(decoded.claims)
        party = decoded.claims.get("azp", self.settings.oidc_client_id)
        if party != self.settings.oidc_client_id:
            raise ValueError("the token was made for another client")
        return dict(decoded.claims)

    def _client(self, redirect_uri: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client  # 0.2 s, for who uses it only

        secret = self.settings.oidc_client_secret.get_secret_value()
        return OAuth2Client(
            self.settings.oidc_client_id, secret or None, redirect_uri=redirect_uri,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope="openid profile email", code_challenge_method="S256", timeout=TIMEOUT_S,
        )  # fmt: skip

    def _metadata(self) -> dict[str, Any]:
        import httpx

        address = self.settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration"
        found: dict[str, Any] = httpx.get(address, timeout=TIMEOUT_S).raise_for_status().json()
        if found["issuer"] != self.settings.oidc_issuer:
            raise ValueError("the provider calls itself by another name")
        return found

"""A small OIDC provider over HTTP: discovery, RS256 keys, code flow with PKCE, each code once."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey


@dataclass
class Provider:
    """Signs everybody in as `subject`; a test spoils one claim, or signs with another key."""

    issuer: str = ""
    client_id: str = "advisor"
    client_secret: str = "between us"
    subject: str = "person-1"
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing: RSAKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        async def metadata() -> dict[str, str]:
            return {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            }  # fmt: skip

        @app.get("/keys")
        async def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        async def authorize(request: Request) -> RedirectResponse:
            asked = dict(request.query_params)
            assert asked["response_type"] == "code"
            assert asked["client_id"] == self.client_id
            assert asked["code_challenge_method"] == "S256"
            self.asked.append(asked)
            code = secrets.token_urlsafe(16)
            self._codes[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)

        @app.post("/token")
        async def token(request: Request) -> JSONResponse:
            sent = dict((await request.form()).items())
            asked = self._codes.pop(str(sent["code"]), None)
            given = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
            digest = hashlib.sha256(str(sent.get("code_verifier", "")).encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if (
                asked is None
                or request.headers.get("authorization") != f"Basic {given}"
                or challenge != asked["code_challenge"]
                or sent.get("redirect_uri") != asked["redirect_uri"]
            ):
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            moment = int(time.time())
            claims = {
                "iss": self.issuer, "aud": self.client_id, "sub": self.subject, "iat": moment,
                "exp": moment + 300, "nonce": asked["nonce"], "name": "정기관",
                "preferred_username": "jung", **self.claims,
            }  # fmt: skip
            signed = jwt.encode(
                {"alg": "RS256", "kid": "one"}, claims, self.signing or self.key,
                algorithms=["RS256"],
            )  # fmt: skip
            return JSONResponse(
                {"access_token": "unused", "token_type": "Bearer", "id_token": signed}
            )

        return app

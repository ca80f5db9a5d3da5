"""Settings: each with type, unit and default; read once from the environment or `.env`."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings of the product, prefix `ADVISOR_`."""

    model_config = SettingsConfigDict(
        env_prefix="ADVISOR_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    home: Path = Field(
        default=Path.home() / ".advisor", description="Folder of the database, index and models."
    )
    corpus: Path = Field(default=PROJECT_ROOT / "corpus", description="Folder of the records.")
    prompts: Path = Field(default=PROJECT_ROOT / "prompts", description="Folder of the prompts.")
    host: str = Field(default="127.0.0.1", description="Address that `advisor serve` listens on.")
    port: int = Field(default=7860, description="Port that `advisor serve` listens on.")
    embedding_model: str = Field(
        default="", description="sentence-transformers name or folder; empty is the bundled e5."
    )
    reranker_model: str = Field(
        default="", description="sentence-transformers cross-encoder; empty is none."
    )
    threads: int = Field(default=2, ge=1, description="Threads of the embedding engine.")
    database_url: str = Field(
        default="",
        description="postgresql://user:password@host:5432/name; empty is SQLite in home.",
    )
    chroma_url: str = Field(default="", description="Chroma server; empty is embedded in home.")
    llm_base_url: str = Field(default="", description="OpenAI-compatible endpoint; empty is none.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Key of that endpoint.")
    llm_model: str = Field(default="", description="Model that writes answers, at that endpoint.")
    llm_fast_model: str = Field(
        default="", description="Model of the small steps; empty is the one that writes."
    )
    llm_timeout_s: float = Field(
        default=20.0, gt=0, description="Seconds a turn waits for it, all its calls together."
    )
    llm_connect_timeout_s: float = Field(
        default=3.0, gt=0, description="Seconds until a connection stands."
    )
    llm_first_token_timeout_s: float = Field(
        default=10.0, gt=0, description="Seconds until a streamed text begins."
    )
    llm_turn_tokens: int = Field(
        default=16_000, ge=0, description="Tokens one turn may use; 0 is no limit."
    )
    llm_day_tokens: int = Field(
        default=2_000_000, ge=0, description="Tokens one day may use; 0 is no limit."
    )
    llm_concurrency: int = Field(
        default=4, ge=1, description="Calls to the endpoint that may run at once."
    )
    llm_steps: str = Field(
        default="",
        description="Steps that ask the model, by the names of their prompts with commas between; "
        "empty is all.",
    )
    max_question_chars: int = Field(default=2000, ge=100, description="Longest message answered.")
    retention_days: int = Field(default=90, ge=1, description="Days a consultation is kept.")
    client_retention_days: int = Field(
        default=1095, ge=1, description="Days a consultant's client is kept that nobody works on."
    )
    watch_dir: Path | None = Field(
        default=None, description="Folder whose files `advisor serve` keeps ingested; none."
    )
    job_limit_s: float = Field(default=600.0, gt=0, description="Seconds one file may take.")
    refresh_s: float = Field(
        default=5.0, gt=0, le=60, description="Seconds between looks for changed records."
    )
    smtp_host: str = Field(default="", description="Mail server for alerts; empty sends none.")
    smtp_port: int = Field(default=587, description="Port of that server.")
    smtp_user: str = Field(default="", description="Login at that server; empty is none.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password of that login.")
    smtp_from: str = Field(default="", description="Sender address of alerts.")
    smtp_starttls: bool = Field(default=True, description="Whether the mail goes encrypted.")
    access: Literal["open", "members"] = Field(
        default="open",
        description="Who may ask: `open` anybody without an account, `members` who signed in.",
    )
    session_idle_minutes: int = Field(
        default=60, ge=1, description="Minutes without a request that end a sign-in."
    )
    session_hours: int = Field(default=12, ge=1, description="Hours after which a sign-in ends.")
    setup_code_minutes: int = Field(
        default=60, ge=1, description="Minutes that the first administrator's code is good for."
    )
    share_code_minutes: int = Field(
        default=60 * 24,
        ge=1,
        description="Minutes that a code to share a consultation is good for.",
    )
    encryption_keys: SecretStr = Field(
        default=SecretStr(""),
        description="Keys of encrypted fields, comma between, as in the file `keys` in home; "
        "empty is that file.",
    )
    oidc_issuer: str = Field(default="", description="OIDC provider's address; empty is none.")
    oidc_client_id: str = Field(default="", description="Client id at that provider.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret.")
    oidc_name: str = Field(default="", description="What the sign-in button calls the provider.")
    oidc_role: str = Field(
        default="",
        pattern="^(|owner|consultant|helpdesk|curator)$",
        description="Role of people who come through it first; empty lets in known ones only.",
    )
    oidc_organisation: str = Field(
        default="operator", description="Id of the organisation that those people join."
    )
    rate_ask: int = Field(
        default=60,
        ge=0,
        description="Questions a minute over HTTP of one address or account; 0 is no limit.",
    )
    rate_read: int = Field(
        default=600,
        ge=0,
        description="Other requests a minute over HTTP of one address or account; 0 is no limit.",
    )
    rate_heavy: int = Field(
        default=30,
        ge=0,
        description="Reports and files a minute over HTTP of one address or account; 0 is no limit.",
    )
    rate_key_times: int = Field(default=10, ge=1, description="How many times that a key may ask.")
    proxy_header: str = Field(
        default="",
        max_length=100,
        description="Header in which a proxy tells the asker's address, such as X-Forwarded-For; "
        "empty believes none.",
    )
    public_url: str = Field(
        default="", description="Address of the page as its users reach it, without / at the end."
    )
    kakao_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What KakaoTalk's skill must send as X-Advisor-Secret; empty is no such door.",
    )
    kakao_wait_s: float = Field(
        default=4.0,
        gt=0,
        le=4.8,
        description="Seconds that KakaoTalk waits for an answer; later ones go to its callback.",
    )
    bizinfo_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the bizinfo.go.kr API; empty is none."
    )
    data_go_kr_key: SecretStr = Field(
        default=SecretStr(""), description="Key of data.go.kr, encoded or decoded; empty is none."
    )
    sync_allow_loopback: bool = Field(
        default=False, description="Whether sources may be on this machine: for tests only."
    )

    @property
    def has_model(self) -> bool:
        """Whether a language model is set."""
        return bool(self.llm_base_url and self.llm_model)

    @property
    def engine_name(self) -> str:
        """The engine that phrases answers: `embedded` or `openai:<model>`."""
        return f"openai:{self.llm_model}" if self.has_model else "embedded"

    @property
    def model_host(self) -> str:
        """Host that questions are sent to for wording; empty where none leaves this machine."""
        host = urlsplit(self.llm_base_url).hostname or ""
        return "" if not self.has_model or is_loopback(host) else host


def origins(settings: Settings) -> dict[str, Literal["environment", "file", "default"]]:
    """Return where each setting was set; `file` is `.env`."""
    said = {name.lower() for name in os.environ}
    return {
        name: "environment" if f"advisor_{name}" in said
        else "file" if name in settings.model_fields_set else "default"
        for name in Settings.model_fields
    }  # fmt: skip


def is_loopback(host: str) -> bool:
    """Tell whether a host name is this machine.

    >>> [is_loopback(one) for one in ("localhost", "127.0.0.1", "::1", "10.0.0.3", "api.example.org")]
    [True, True, True, False, False]
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

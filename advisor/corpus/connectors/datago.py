"""Answers and faults of data.go.kr: XML faults under HTTP 200, whatever form was asked for."""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Fetched, unreadable
from advisor.corpus.connectors.given import whole_text

NO_DATA = 3
_FAULTS: Mapping[int, Fault] = {
    1: Fault.APPLICATION, 2: Fault.SERVER, 4: Fault.SERVER, 5: Fault.TIMEOUT,
    10: Fault.BAD_REQUEST, 11: Fault.BAD_REQUEST, 12: Fault.NOT_FOUND, 20: Fault.NO_ACCESS,
    21: Fault.NO_ACCESS, 22: Fault.DAILY_LIMIT, 23: Fault.TOO_FAST, 30: Fault.KEY_UNKNOWN,
    31: Fault.KEY_EXPIRED, 32: Fault.KEY_ADDRESS, 33: Fault.KEY_UNKNOWN, 99: Fault.APPLICATION,
}  # fmt: skip
# The gateway sometimes sends the name alone, as text.
_NAMES: Mapping[str, int] = {
    "SERVICE_KEY_IS_NOT_REGISTERED": 30, "DEADLINE_HAS_EXPIRED": 31, "UNREGISTERED_IP": 32,
    "SERVICE_ACCESS_DENIED": 20, "PER_SECOND": 23, "LIMITED_NUMBER_OF_SERVICE_REQUESTS": 22,
    "SERVICETIMEOUT": 5, "HTTP_ERROR": 4, "APPLICATION_ERROR": 1,
}  # fmt: skip
_CODE = re.compile(r"""["<](?:returnReasonCode|resultCode)["]?\s*[>:]\s*"?(\d{1,3})""")
# A code stands at the head of an answer; further down it might be somebody's text.
_HEAD = 2_000


def fault_in(body: bytes) -> SourceError | None:
    """Return the fault that an answer of any form tells of, None where it tells of none."""
    text = (whole_text(body) or "").lstrip()[:_HEAD]
    code = _CODE.search(text)
    if code is not None:
        number = int(code[1])
        if number in {0, NO_DATA}:
            return None
        return SourceError(_FAULTS.get(number, Fault.APPLICATION), f"reason code={number}")
    if text.startswith(("<", "{", "[")) and "OpenAPI_ServiceResponse" not in text:
        return None
    for name, number in _NAMES.items():
        if name in text:
            return SourceError(_FAULTS[number], f"reason name={name}")
    return None


def is_no_data(body: bytes) -> bool:
    """Tell whether the service says that there is nothing (code 03)."""
    code = _CODE.search((whole_text(body) or "")[:_HEAD])
    return code is not None and int(code[1]) == NO_DATA


def json_of(fetched: Fetched) -> Any:
    """Return an answer as JSON.

    Raises:
        SourceError: The fault it tells of, or UNREADABLE where it is cut or none.
    """
    _raise_fault(fetched)
    with unreadable("json", ValueError, RecursionError):
        return json.loads(whole_text(fetched.body) or "")


def xml_of(fetched: Fetched) -> Element:
    """Return an answer as XML; what it says of its own encoding is not believed.

    Raises:
        SourceError: As `json_of`; entities of its own are refused.
    """
    _raise_fault(fetched)
    return parse_xml(fetched.body)


def parse_xml(body: bytes) -> Element:
    """Return bytes as XML without entities, references or a claim of encoding."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", whole_text(body) or "")
    with unreadable("xml", ParseError, DefusedXmlException, ValueError):
        root = fromstring(text, forbid_dtd=True)
    assert isinstance(root, Element)
    return root


def is_xml(body: bytes) -> bool:
    """Tell whether an answer is XML."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _raise_fault(fetched: Fetched) -> None:
    fault = fault_in(fetched.body)
    if fault is not None:
        raise fault

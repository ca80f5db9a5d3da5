"""The one way out: addresses, caps, tries, pace, keys."""

import logging
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from advisor.corpus.connectors.address import is_callable_address
from advisor.corpus.connectors.faults import Fault, SourceError
from advisor.corpus.connectors.fetch import Call, Fetched, Fetcher, Pace, with_query
from advisor.corpus.connectors.transport import Limits
from tests.public_server import KEY, PublicServer, Reply, bomb

PAGE = "/page"


def body(fetched: Fetched) -> bytes:
    return fetched.body


def fault_of(act: Callable[[], object]) -> SourceError:
    with pytest.raises(SourceError) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.5.5", "192.168.0.1", "127.0.0.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1",
        "2001:db8::1", "not an address",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_never_called(address: str) -> None:
    assert not is_callable_address(address)


@pytest.mark.parametrize("address", ["27.101.207.1", "8.8.8.8", "2606:4700::1111"])
def test_a_public_address_may_be_called(address: str) -> None:
    assert is_callable_address(address)


def test_without_the_test_setting_this_machine_is_not_called(public: PublicServer) -> None:
    public.files[PAGE] = Reply(200, b"secret")

    error = fault_of(lambda: Fetcher().fetch_once(Call(public.url(PAGE))))

    assert error.fault is Fault.FORBIDDEN_ADDRESS
    assert public.asked == []


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/x", "http://169.254.169.254/latest", "http://[::ffff:192.168.0.1]/",
     "http://0x0a000001/", "file:///etc/passwd", "http://user:pw@127.0.0.1/", "http://127.0.0.1:22/"],
)  # fmt: skip
def test_a_redirect_inwards_is_not_followed(
    public: PublicServer, fetcher: Fetcher, target: str
) -> None:
    public.files[PAGE] = Reply(302, b"", {"Location": target})

    error = fault_of(lambda: fetcher.fetch_once(Call(public.url(PAGE))))

    assert error.fault in {Fault.FORBIDDEN_ADDRESS, Fault.BAD_ADDRESS}
    assert len(public.asked) == 1


def test_a_name_that_resolves_to_a_public_and_an_inner_address_is_refused() -> None:
    fetcher = Fetcher(resolver=lambda host, port: ["8.8.8.8", "10.0.0.1"])

    assert fault_of(lambda: fetcher.fetch_once(Call("http://rebind.example/"))).fault is (
        Fault.FORBIDDEN_ADDRESS
    )


def test_a_name_is_resolved_once_and_that_address_is_called(public: PublicServer) -> None:
    """A second look at the name server would give another address: nobody looks again."""
    public.files[PAGE] = Reply(200, b"here")
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetcher = Fetcher(allow_loopback=True, resolver=lambda host, port: next(answers))
    url = public.url(PAGE).replace("127.0.0.1", "rebind.example")

    assert fetcher.fetch_once(Call(url)).body == b"here"
    assert public.headers[0]["host"].startswith("rebind.example:")


def test_a_body_over_the_cap_is_given_up(public: PublicServer, fetcher: Fetcher) -> None:
    public.files[PAGE] = Reply(200, b"x" * 3_000_000)
    call = Call(public.url(PAGE), limits=Limits(most_bytes=1_000_000))

    assert fault_of(lambda: fetcher.fetch_once(call)).fault is Fault.TOO_LARGE


def test_a_small_body_that_unpacks_to_a_huge_one_is_given_up(
    public: PublicServer, fetcher: Fetcher
) -> None:
    public.files[PAGE] = bomb(200)
    call = Call(public.url(PAGE), limits=Limits(most_bytes=1_000_000))

    tracemalloc.start()
    error = fault_of(lambda: fetcher.fetch_once(call))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert error.fault is Fault.TOO_LARGE
    # A piece of the packed body alone would unpack to 64 MB.
    assert peak < 8_000_000


def test_an_answer_that_drips_is_given_up_at_the_deadline(
    public: PublicServer, fetcher: Fetcher
) -> None:
    public.files[PAGE] = Reply(200, b"x" * 200, drip_s=0.05)
    began = time.monotonic()

    error = fault_of(lambda: fetcher.fetch_once(Call(public.url(PAGE), limits=Limits(total_s=0.4))))

    assert error.fault is Fault.TIMEOUT
    assert time.monotonic() - began < 8  # it drips for 10


def test_what_may_go_well_a_moment_later_is_tried_again(
    public: PublicServer, fetcher: Fetcher, waits: list[float]
) -> None:
    public.next_replies[PAGE] = [Reply(500), Reply(200, b"half a body", cut_at=4)]
    public.files[PAGE] = Reply(200, b"whole")

    assert fetcher.fetch(Call(public.url(PAGE)), body) == b"whole"
    assert public.calls(PAGE) == 3
    # 2 and 4 seconds, each with up to half of it left to chance.
    assert 1 <= waits[0] <= 2
    assert 2 <= waits[1] <= 4


def test_as_long_is_waited_as_the_server_asks(
    public: PublicServer, fetcher: Fetcher, waits: list[float]
) -> None:
    later = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=40))
    public.next_replies[PAGE] = [
        Reply(429, headers={"Retry-After": "7"}), Reply(503, headers={"Retry-After": later}),
    ]  # fmt: skip
    public.files[PAGE] = Reply(200, b"now")

    assert fetcher.fetch(Call(public.url(PAGE)), body) == b"now"
    assert waits[0] == 7
    assert 35 < waits[1] <= 40


def test_a_server_that_asks_for_an_hour_ends_the_try(
    public: PublicServer, fetcher: Fetcher, waits: list[float]
) -> None:
    public.files[PAGE] = Reply(503, headers={"Retry-After": "3600"})

    assert fault_of(lambda: fetcher.fetch(Call(public.url(PAGE)), body)).fault is Fault.BUSY
    assert waits == []


def test_calls_of_one_service_keep_their_distance(public: PublicServer) -> None:
    public.files[PAGE] = Reply(200, b"x")
    fetcher = Fetcher(allow_loopback=True)
    call = Call(public.url(PAGE), pace=Pace("calm", 0.3))

    for _ in range(3):
        fetcher.fetch_once(call)

    gaps = [after - before for before, after in zip(public.times, public.times[1:], strict=False)]
    assert all(gap >= 0.28 for gap in gaps)


@pytest.mark.parametrize("form", [KEY, "a%2Bb%2Fc1234%3D%3D", f" {KEY}\n"])
def test_a_key_goes_out_encoded_once_whichever_form_was_copied(form: str) -> None:
    assert with_query("https://a.kr/x", {}, ("serviceKey", form)) == (
        "https://a.kr/x?serviceKey=a%2Bb%2Fc1234%3D%3D"
    )


def test_a_key_stands_in_no_log_and_no_error(
    public: PublicServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    public.files[PAGE] = Reply(500)
    call = Call(public.url(PAGE), secret=("serviceKey", KEY))

    error = fault_of(lambda: fetcher.fetch(call, body))

    assert "serviceKey=a%2Bb%2Fc1234%3D%3D" in public.asked[0][1]
    told = caplog.text + error.detail + str(error) + str(error.user_message) + repr(error.__cause__)
    assert "a+b/c" not in told
    assert "a%2Bb" not in told


def test_a_key_is_not_carried_to_another_server(public: PublicServer, fetcher: Fetcher) -> None:
    elsewhere = public.url("/taken").replace("127.0.0.1", "localhost")
    public.files[PAGE] = Reply(302, b"", {"Location": f"{elsewhere}?serviceKey={KEY}"})
    call = Call(public.url(PAGE), secret=("serviceKey", KEY))

    assert fault_of(lambda: fetcher.fetch_once(call)).fault is Fault.REDIRECTS
    assert public.calls("/taken") == 0


def test_a_file_that_has_not_changed_is_not_sent_again(
    public: PublicServer, fetcher: Fetcher
) -> None:
    def answer(headers):
        known = headers.get("if-none-match") == '"v1"'
        return Reply(304) if known else Reply(200, b"list", {"ETag": '"v1"'})

    public.files[PAGE] = answer
    first = fetcher.fetch_once(Call(public.url(PAGE)))
    again = fetcher.fetch_once(Call(public.url(PAGE), validators=first.validators))

    assert first.body == b"list"
    assert again.is_unchanged
    assert again.body == b""


def test_addresses_that_lead_in_a_circle_end(public: PublicServer, fetcher: Fetcher) -> None:
    public.files[PAGE] = Reply(302, b"", {"Location": PAGE})

    assert fault_of(lambda: fetcher.fetch_once(Call(public.url(PAGE)))).fault is Fault.REDIRECTS
    assert public.calls(PAGE) == 6

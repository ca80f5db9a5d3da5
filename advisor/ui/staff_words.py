"""Words that every staff view has, Korean and English; a view's own words stand beside it."""

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

WORDS: Words = {
    "loading": ("가져오고 있습니다.", "Loading."),
    "failed": (
        "가져오지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
        "Could not be loaded. Please try again shortly.",
    ),
    "lost": (
        "서버와 연결이 끊겨 저장하지 못했습니다. 적으신 값은 그대로 두었습니다. 연결을 확인하고 다시 해 주세요.",
        "The connection was lost; nothing was saved. What you typed is still here; please try again.",
    ),
    "retry": ("다시 시도", "Try again"),
    "sign_in": ("로그인", "Sign in"),
    "sure": ("한 번 더 눌러 확인", "Press again to confirm"),
    "back": ("목록으로", "Back to the list"),
    # The server's problem documents are Korean; these are the types that mean one thing everywhere.
    "problem_sign-in-needed": ("", "Please sign in to see this."),
    "problem_forbidden": ("", "Your role has no part in this. Please ask an administrator for it."),
    "problem_failed": ("", "The server has a problem. Please try again shortly."),
    "problem_not-ready": ("", "The server is getting ready. This page tries again by itself."),
    "problem_not-found": ("", "There is no such thing any more. Please go back to the list."),
    "problem_too-often": ("", "That was too often in a short time. Please wait a moment."),
    "problem_too-large": ("", "This is too large to send. Please make it smaller."),
    "problem_bad-body": ("", "The server could not read this. Please check what you typed."),
}  # fmt: skip


def words_of(own: Words, language: str) -> dict[str, str]:
    """Return the shared words and a view's own in one language; its own win."""
    number = 1 if language == "en" else 0
    return {name: pair[number] for name, pair in {**WORDS, **own}.items() if pair[number]}

"""Words of the view of documents, Korean and English; the page's script fills the `{…}`."""

from advisor.ui.staff_words import Words

WORDS: Words = {
    "title": ("자료", "Documents"),
    "lead": (
        "공고문, 안내서, 단가표 같은 파일을 올리면 답에서 쪽과 문장을 짚어 인용합니다. 검토하기 전에는 '검토 전 자료'로 표시합니다.",
        "Files you add are quoted in answers with their page and words, marked as not reviewed until staff have.",
    ),
    "choose": ("파일 고르기", "Choose files"),
    "drop": (
        "여기에 파일을 끌어다 놓으셔도 됩니다.",
        "You can also drop files here.",
    ),
    "kinds": (
        "한글(HWP·HWPX), PDF, Word, Excel, PowerPoint, CSV, HTML, Markdown, 텍스트 · 파일 하나에 50MB까지",
        "HWP, HWPX, PDF, Word, Excel, PowerPoint, CSV, HTML, Markdown, text · up to 50 MB each",
    ),
    "sending": ("파일 {count}개를 보내는 중 {percent}%", "Sending {count} files {percent}%"),
    "stop": ("그만 보내기", "Stop sending"),
    "lost": (
        "서버와 연결이 끊겨 보내지 못했습니다. 연결을 확인하고 다시 올려 주세요.",
        "The connection was lost. Please check it and send the files again.",
    ),
    "jobs": ("싣는 중", "In work"),
    "ended": ("최근에 실은 파일", "Lately added"),
    "documents": ("실린 문서 {count}건", "{count} documents"),
    "loading": ("실린 문서를 가져오고 있습니다.", "Loading the documents."),
    "failed": (
        "실린 문서를 가져오지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
        "The documents could not be loaded. Please try again shortly.",
    ),
    "refused": ("담당자 화면입니다", "For staff"),
    "none": ("아직 실린 문서가 없습니다", "No documents yet"),
    "none_more": (
        "위에서 파일을 올려 보세요. 끝나면 상담에서 바로 그 내용을 물어보실 수 있습니다.",
        "Add a file above; once it is done you can ask about it in the talk.",
    ),
    "waiting": ("차례를 기다리는 중", "Waiting"),
    "reading": ("읽는 중", "Reading"),
    "cutting": ("단락으로 나누는 중", "Cutting into passages"),
    "embedding": ("찾을 수 있게 정리하는 중", "Preparing for search"),
    "indexing": ("답에 쓸 준비를 마치는 중", "Making it findable"),
    "eta_seconds": ("약 {count}초 남음", "about {count} s left"),
    "eta_minutes": ("약 {count}분 남음", "about {count} min left"),
    "cancel": ("취소", "Cancel"),
    "added": ("추가했습니다. 이제 답에 쓰입니다.", "Added; answers use it now."),
    "changed": (
        "바뀐 내용으로 바꾸었습니다.", "Replaced by the changed file.",
    ),
    "unchanged": (
        "이미 실린 파일과 같아 그대로 두었습니다.", "The same file is there already.",
    ),
    "removed": ("삭제했습니다. 답에 더 이상 쓰이지 않습니다.", "Deleted; no answer uses it."),
    "rejected": ("싣지 못했습니다.", "Not added."),
    "cancelled": ("취소했습니다.", "Cancelled."),
    "pages": ("{count}쪽", "{count} pages"),
    "tables": ("표 {count}개", "{count} tables"),
    "characters": ("{count}자", "{count} characters"),
    "open": ("열기", "Open"),
    "delete": ("삭제", "Delete"),
    "sure": ("정말 삭제", "Really delete"),
    "delete_label": ("{title} 삭제", "Delete {title}"),
    "progress": ("{name} 진행률", "Progress of {name}"),
}  # fmt: skip

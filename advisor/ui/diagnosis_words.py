"""Labels of the readiness view in Korean and English; what the instrument says comes from it."""

from collections.abc import Mapping

from advisor.ui.strings import Language

_WORDS: Mapping[str, tuple[str, str]] = {
    "notice": ("AI가 한 추정입니다. 공식 수준확인을 대신하지 않습니다.",
               "An estimate by AI. It does not replace the official level check."),
    "title": ("우리 회사, AI를 쓸 준비가 됐을까요?", "Is our company ready for AI?"),
    "lead": ("공장 모습에 가장 가까운 문장을 고르시면 지금 수준과 막는 것, 먼저 할 일을 보여 드립니다. "
             "고르는 대로 저장되니 나중에 이어서 하셔도 됩니다.",
             "Choose the sentence nearest to your factory and see your level, what holds it back and what to do first. "
             "Every choice is saved at once, so you can go on later."),
    "quick": ("빠른 진단", "Quick check"), "full": ("전체 진단", "Full check"),
    "quick_size": ("{count}문항 · {minutes}", "{count} questions"), "full_size": ("{count}문항", "{count} questions"),
    "quick_more": ("분야마다 하나씩 묻습니다. 처음이라면 여기부터 시작해 주세요.",
                   "One question a field. Begin here if this is your first time."),
    "full_more": ("컨설턴트와 함께 자료를 보며 답할 때 알맞습니다.", "For a visit with a consultant and papers at hand."),
    "done": ("{count}문항 가운데 {done}문항 답함", "{done} of {count} questions answered"), "saved": (" · 저장됨", " · saved"),
    "to_quick": ("빠른 진단만 보기", "Quick check only"), "to_full": ("전체 문항 보기", "Show all questions"),
    "see": ("결과 보기", "See the result"), "answered": ("답한 문항", "Questions answered"),
    "settled": ("앞 답으로 함께 정해진 문항 {count}개: {names}", "{count} settled by other answers: {names}"),
    "conflict": ("서로 맞지 않는 답이 있습니다", "Some answers do not fit together"),
    "fields": ("분야", "Fields"),
    "leave": ("모르는 문항은 비워 두거나 ‘모름’을 고르셔도 됩니다.", "Leave open what you do not know, or choose “not known”."),
    "unknown": ("모름 · 확인해 봐야 함", "Not known, to be checked"), "na": ("해당 없음 ({when})", "Does not apply ({when})"),
    "ruled": ("앞 답에서 ‘{text}’로 미루어 보았습니다. {because} 다르면 고르고 까닭을 적어 주세요.",
              "Other answers suggest “{text}”. {because} If it is otherwise, choose and say why."),
    "reason": ("고친 까닭", "Why it differs"),
    "ground": ("근거와 메모", "Evidence and note"), "files_count": (" · 파일 {count}개", " · {count} file(s)"),
    "grade": ("무엇을 보고 고르셨나요?", "What does the choice rest on?"),
    "note": ("메모(들은 말, 확인한 자료)", "Note (what was said or seen)"),
    "hints": ("이런 자료를 보면 확실합니다", "These would make it certain"), "clear": ("이 답 지우기", "Clear this answer"),
    "attach": ("근거 파일 붙이기", "Attach evidence"),
    "attach_more": ("사진, PDF, 한글·오피스 문서, 20MB까지", "Photo, PDF or office file, up to 20 MB"),
    "attaching": ("{name} 올리는 중…", "Uploading {name}…"), "attached": ("붙였습니다. 근거를 ‘서류·화면·현장’으로 바꾸었습니다.", "Attached. The ground is now “checked”."),
    "attach_failed": ("파일을 올리지 못했습니다. 잠시 뒤 다시 해 주세요.", "The file could not be uploaded. Please try again shortly."),
    "remove": ("{name} 빼기", "Remove {name}"), "removed": ("파일을 뺐습니다.", "Removed."), "take_out": ("빼기", "Remove"),
    "no_level": ("아직 수준을 내지 않았습니다", "No level yet"), "none": ("없음", "none"), "to_confirm": ("확인 필요", "to confirm"),
    "overall": ("종합 점수", "Overall score"), "points": ("{score:.1f}점", "{score:.1f}"),
    "range": ("있을 수 있는 범위", "Possible range"), "range_of": ("{low:.1f}~{high:.1f}점", "{low:.1f} to {high:.1f}"),
    "confidence": ("신뢰도", "Confidence"), "coverage": ("답한 비중", "Share answered"),
    "version": ("진단표 {version}판", "Instrument {version}"),
    "go_on": ("답 더 하기·고치기", "Add or change answers"), "again": ("다시 진단하기(전후 비교)", "Diagnose again (compare)"),
    "unfold": ("모두 펼치기", "Open all"), "fold": ("모두 접기", "Close all"), "sections": ("결과의 갈래", "Parts of the result"),
    "download": ("보고서 내려받기", "Download the report"),
    "download_more": ("다섯 형식의 내용은 같습니다.", "The report is in Korean; the five formats have the same content."),
    "making": ("보고서를 만들고 있습니다…", "Making the report…"), "made": ("내려받았습니다.", "Downloaded."),
    "failed": ("보고서를 만들지 못했습니다. 잠시 뒤 다시 눌러 주세요.", "The report could not be made. Please try again shortly."),
    "docx": ("워드(DOCX)", "Word (DOCX)"), "pdf": ("PDF", "PDF"), "hwpx": ("한글(HWPX)", "Hancom (HWPX)"),
    "xlsx": ("엑셀(XLSX)", "Excel (XLSX)"), "md": ("텍스트(MD)", "Text (MD)"),
    "talk_report": ("준비도 진단 보고서", "Readiness report"),
    "talk_report_more": ("지금까지의 진단을 문서로 받거나 화면에서 자세히 보실 수 있습니다.",
                         "Take the diagnosis along as a document (in Korean), or see it in detail."),
    "talk_open": ("결과 자세히 보기", "See the result"),
    "old_title": ("이전 진단표로 한 진단", "Made with an earlier instrument"),
    "old": ("진단표 {version}판으로 하신 진단입니다. 결과는 그때 그대로이고, 지금 판으로 다시 계산하지 않습니다.",
            "Made with version {version}. The result stays as it was and is not calculated anew."),
    "old_overall": ("종합 {score}, 수준 {level}", "Overall {score}, level {level}"),
    "compare": ("지난 진단과 비교", "Compared with the last one"),
    "compare_versions": ("두 진단의 진단표 판이 달라 점수 차이는 참고로만 봐 주세요.",
                         "The versions differ, so take the differences as a hint only."),
    "compare_levels": ("지난 진단({day})의 수준 {before} → 이번 {after}", "Level on {day}: {before} → now {after}"),
    "changed": ("달라진 문항", "Changed answers"), "unchanged": ("답이 달라진 문항은 없습니다.", "No answer changed."),
    "item": ("문항", "Question"), "field": ("분야", "Field"), "before": ("전", "Before"), "after": ("후", "After"),
    "difference": ("차이", "Change"), "whole": ("종합", "Overall"),
    "needs_reason": ("", "Other answers settle this question differently. Say in “Why it differs” why, and it is saved."),
    "more_rows": ("나머지 {count}줄 보기", "{count} more rows"),
    "record": ("자료 내용", "Record"),
    "preparing": ("진단을 준비하고 있습니다.", "The check is being prepared."),
    "preparing_more": ("준비되면 이 화면이 저절로 바뀝니다.", "This page changes by itself when it is ready."),
}  # fmt: skip


def say(language: Language, key: str, **values: object) -> str:
    """Return a label in a language, `{…}` filled in.

    >>> say("en", "done", count=8, done=2)
    '2 of 8 questions answered'
    """
    return _WORDS[key][1 if language == "en" else 0].format(**values)

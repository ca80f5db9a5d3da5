"""A table to chunks of whole rows, each with the header that names its columns (pure)."""

from collections.abc import Iterator, Sequence

from advisor.domain.passages import DocumentTable

TABLE = "table"
_BETWEEN = " | "
# A header longer than this is repeated in part only.
_HEADER_CHARS = 200


def chunk_table(
    page_text: str, tables: Sequence[DocumentTable], *, caption: str, most: int
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and searched text of the chunks of one table.

    Args:
        page_text: Text of the page.
        tables: The table and those inside it; their rows are taken in the order of the page.
        caption: What stands above it; put in front of each chunk.
        most: Characters of a chunk; a single longer row is cut.
    """
    rows = sorted(
        (start, end, at, row)
        for at, table in enumerate(tables)
        if not table.is_box
        for row, start, end in table.lines
    )
    labels = [_labels(table) for table in tables]
    most -= len(caption)
    lines: list[str] = []
    headed: set[int] = set()
    begin = last = 0
    for start, end, at, row in rows:
        table = tables[at]
        words = labels[at].get(row) or page_text[start:end].replace("\t", _BETWEEN)
        head = "" if row < table.header_rows or at in headed else _header(labels[at], table)
        added = [head, words] if head else [words]
        if lines and sum(len(line) + 1 for line in (*lines, *added)) > most:
            yield begin, last, "\n".join([caption, *lines]).strip()
            lines, headed = [], set()
            head = "" if row < table.header_rows else _header(labels[at], table)
            added = [head, words] if head else [words]
        if not lines:
            begin = start
        headed.add(at)
        last = end
        room = most - len(head) - 2
        while len(words) > room:
            yield begin, last, "\n".join(filter(None, [caption, head, words[:room]]))
            words = words[room:]
            added = [head, words] if head else [words]
        lines += added
    if lines:
        yield begin, last, "\n".join([caption, *lines]).strip()


def _header(labels: dict[int, str], table: DocumentTable) -> str:
    rows = [labels[row] for row in range(table.header_rows) if row in labels]
    return "\n".join(rows)[:_HEADER_CHARS]


def _labels(table: DocumentTable) -> dict[int, str]:
    """Return the words of each row, a cell that spans several rows said in each of them.

    "전략형 | 2월" says in a row of its own what the merged cell two rows above says: whose it is.
    """
    own: dict[int, list[tuple[int, str]]] = {}
    present = {row for row, _, _ in table.lines}
    for cell in table.cells:
        words = " ".join(cell.text.split())
        if not words:
            continue
        last = min(cell.row + cell.row_span, max(present, default=0) + 1)
        for row in range(cell.row, last):
            if row in present:
                own.setdefault(row, []).append((cell.column, words))
    return {row: _BETWEEN.join(words for _, words in sorted(parts)) for row, parts in own.items()}

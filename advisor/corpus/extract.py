"""A document in the shape of `advisor extract`: pages, sections, tables, metadata (pure)."""

from typing import Any

from advisor.domain.passages import Document, DocumentTable

# A sheet may hold one cell in its last corner: a grid with all that is empty would not end.
_MOST_GRID = 1_000_000


def extracted(document: Document) -> dict[str, Any]:
    """Return the document as plain data.

    `tables` holds those of the top level in the order of the text, then those inside them, with
    `inside` the place of the outer one in the list. A row has a place for each column: a merged
    cell stands at its first one, the others are empty.
    """
    order = sorted(
        range(len(document.tables)), key=lambda at: (document.tables[at].inside is not None, at)
    )
    places = {at: place for place, at in enumerate(order)}
    tables = []
    for at in order:
        table = document.tables[at]
        page = document.pages[table.page]
        one: dict[str, Any] = {"page": page.number, "rows": rows(table)}
        one["header_rows"] = table.header_rows
        one["inside"] = None if table.inside is None else places[table.inside]
        one["merged"] = [
            [cell.row, cell.column, cell.row_span, cell.column_span]
            for cell in table.cells
            if cell.row_span > 1 or cell.column_span > 1
        ]
        if table.name:
            one["name"] = table.name
        if page.name and page.number is None:
            one["sheet"] = page.name
        tables.append(one)
    return {
        "title": document.title,
        "pages": [
            {"number": page.number, "text": page.text, **({"name": page.name} if page.name else {})}
            for page in document.pages
        ],
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "page": document.pages[section.page].number,
            }
            for section in document.sections
        ],
        "tables": tables,
        "metadata": {
            "media_type": document.media_type,
            "sha256": document.digest,
            **document.metadata,
            "unread_pages": list(document.unread),
            "remarks": list(document.remarks),
        },
    }


def rows(table: DocumentTable) -> list[list[str]]:
    """Return the cells of a table by row and column, "" where nothing begins.

    A table whose grid would be too large gives only the cells that are there, row by row.
    """
    height = max((cell.row for cell in table.cells), default=-1) + 1
    width = max((cell.column for cell in table.cells), default=-1) + 1
    if height * width <= _MOST_GRID:
        grid = [[""] * width for _ in range(height)]
        for cell in table.cells:
            grid[cell.row][cell.column] = cell.text
        return grid
    found: dict[int, list[tuple[int, str]]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append((cell.column, cell.text))
    return [[text for _, text in sorted(found[row])] for row in sorted(found)]

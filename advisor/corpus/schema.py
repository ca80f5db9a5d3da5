"""Record types to `corpus/schema/*.json`, for editors that check and complete YAML."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from advisor.corpus.load import FOLDERS

SCHEMA_FOLDER = "schema"


def schemas() -> dict[str, str]:
    """Return the JSON schema of every kind of record, by file name, as the text of the file."""
    found = {}
    for folder, kind in FOLDERS.items():
        schema = TypeAdapter(kind).json_schema()
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        found[f"{folder}.json"] = text + "\n"
    return found


def write_schemas(corpus_folder: Path) -> list[Path]:
    """Write the schemas of a corpus; return the files that changed."""
    folder = corpus_folder / SCHEMA_FOLDER
    folder.mkdir(exist_ok=True)
    changed = []
    for name, text in schemas().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed

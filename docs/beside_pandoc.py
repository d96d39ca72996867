#!/usr/bin/env python3
"""Holds opcit beside pandoc on files: notes, words, seconds and memory.

    python3 docs/beside_pandoc.py target/release/opcit pandoc FILE...

A line for each file: how many notes each found, how many of them are the same word for word, which
share of pandoc's words opcit has in the same order, and what each took. Pandoc 3.9 or newer; older
ones tie no notes in HTML, EPUB and JATS.
"""

import difflib
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter

READERS = {"tex": "latex", "xml": "jats", "xhtml": "html", "htm": "html"}


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def run(command):
    """What the command writes, the seconds it takes, and its peak in MiB."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        written = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = status
    seconds = time.monotonic() - start
    return (written if status == 0 else None), seconds, used.ru_maxrss / 1024


def pandoc_text(node, notes, text):
    """Gathers the words of a tree, and those of the notes in it apart."""
    if isinstance(node, list):
        for child in node:
            pandoc_text(child, notes, text)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Note":
            inner = []
            pandoc_text(content, notes, inner)
            notes.append(" ".join(words(" ".join(inner))))
        elif kind == "Str":
            text.append(content)
        elif kind in ("Code", "CodeBlock", "Math"):
            text.append(" " + content[1] + " ")
        elif kind in ("Link", "Image", "Span"):
            pandoc_text(content[1], notes, text)
        elif kind not in ("RawInline", "RawBlock"):
            if kind not in ("Emph", "Strong", "Quoted", "Superscript", "Subscript"):
                text.append(" ")
            pandoc_text(content, notes, text)


def beside(opcit, pandoc, path):
    ending = path.rsplit(".", 1)[-1].lower()
    ours, our_seconds, our_memory = run([opcit, "print", "--format", "json", path])
    reader = READERS.get(ending, ending)
    theirs, their_seconds, their_memory = run([pandoc, "-f", reader, "-t", "json", path])
    if ours is None or theirs is None:
        return f"{path}: refused by {'opcit' if ours is None else 'pandoc'}"
    ours, theirs = json.loads(ours), json.loads(theirs)
    notes, text = [], []
    pandoc_text(theirs["blocks"], notes, text)
    our_notes = Counter(" ".join(words(n["text"])) for n in ours["notes"] if n["cited_in"])
    same = sum((our_notes & Counter(notes)).values())
    our_text = []
    for section in ours["sections"]:
        our_text += words(section["title"])
        for block in section["blocks"]:
            our_text += words(block["text"])
    their_text = words("".join(text))
    matched = difflib.SequenceMatcher(None, their_text, our_text, autojunk=False)
    kept = sum(block.size for block in matched.get_matching_blocks())
    share = kept / len(their_text) if their_text else 1.0
    return (
        f"{os.path.basename(path)}: notes {len(notes)} | {sum(our_notes.values())}, same {same}; "
        f"words in order {share:.3f}; seconds {their_seconds:.3f} | {our_seconds:.3f}; "
        f"MiB {their_memory:.0f} | {our_memory:.0f}"
    )


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    for path in sys.argv[3:]:
        print(beside(sys.argv[1], sys.argv[2], path), flush=True)


if __name__ == "__main__":
    main()

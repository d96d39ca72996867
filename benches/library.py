#!/usr/bin/env python3
"""Makes a library of papers to measure searching with.

    library.py FOLDER PAPERS [KILOBYTES]

Writes FOLDER/papers/ with so many papers in Markdown, each of about so many KB (100),
with notes that cite sources from one pool, and FOLDER/data/ with what opcit keeps when
they have been read. Then, for example:

    export OPCIT_DATA_DIR=FOLDER/data OPCIT_CACHE_DIR=FOLDER/cache
    opcit find --all quokkaneedle

`quokkaneedle` is in one paper of a thousand, `the lunar wombat station` in one of a
hundred, and `the` in all. Standard library only; the same arguments give the same papers.
"""
import json
import os
import random
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAMILIES = ["Smith", "Gabuev", "Müller", "Pedersen", "Roe", "Düben", "Okafor", "Ivanova",
            "García", "Nguyễn", "Kowalski", "Haddad", "Tanaka", "Lindqvist", "Moreau"]


def words_of_paper():
    with open(os.path.join(ROOT, "assets/paper.md"), encoding="utf-8") as file:
        text = file.read().split("[^1]:")[0]
    return re.findall(r"[^\W\d_][\w’-]*[,.]?", text)


def sources(count, words, dice):
    all_sources = []
    for number in range(count):
        title = " ".join(dice.choices(words, k=5)).strip(",.").title().replace(",", "")
        family, year = dice.choice(FAMILIES), dice.randint(1950, 2025)
        text = f"{chr(65 + number % 26)}. {family}, *{title} {number}* (Oxford: OUP, {year})"
        if number % 3 == 0:
            text += f", https://doi.org/10.{1000 + number % 9000}/x.{number}"
        all_sources.append(text)
    return all_sources


def paper(number, kilobytes, paragraphs, cited, dice):
    name = f"{dice.choice(FAMILIES)} on {dice.choice(paragraphs).split()[0].strip(',.')} {number}"
    parts, notes, size, section = [f"---\ntitle: {name}\nauthor: Ann Author\n---\n"], [], 0, 0
    while size < kilobytes * 1000:
        if len(parts) % 8 == 1:
            section += 1
            parts.append(f"## Section {section}\n")
        text = dice.choice(paragraphs)
        if len(notes) < 60 and dice.random() < 0.5:
            notes.append(f"[^{len(notes) + 1}]: {dice.choice(cited)}, p. {dice.randint(1, 300)}.\n")
            text += f"[^{len(notes)}]"
        parts.append(text + "\n")
        size += len(text) + 1
    if number % 1000 == 500:
        parts.append("Here the quokkaneedle stands.\n")
    if number % 100 == 50:
        parts.append("Nobody saw the Lunar Wombat station again.\n")
    return name, "\n".join(parts + notes)


def shelf(name, path, number):
    when = f"2026-0{1 + number % 9}-11T10:{number // 60 % 60:02}:{number % 60:02}Z"
    records = [
        {"kind": "shelf", "version": 1},
        {"kind": "paper", "id": "paper", "modified": when, "title": name,
         "authors": ["Ann Author"], "headings": ["Section 1", "Section 2"]},
        {"kind": "path", "id": path, "modified": when},
        {"kind": "place", "id": "place", "modified": when, "progress": 0.5, "read": 0.5,
         "anchor": {}},
    ]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def main():
    folder, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    kilobytes = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    dice = random.Random(7)
    words = words_of_paper()
    paragraphs = [" ".join(dice.choices(words, k=dice.randint(40, 140))) for _ in range(20_000)]
    cited = sources(20_000, words, dice)
    os.makedirs(os.path.join(folder, "papers"))
    os.makedirs(os.path.join(folder, "data"))
    for number in range(count):
        name, text = paper(number, kilobytes, paragraphs, cited, dice)
        path = os.path.join(folder, "papers", f"{number:06}.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(folder, "data", f"{number:016x}.jsonl"), "w", encoding="utf-8") as file:
            file.write(shelf(name, path, number))


main()

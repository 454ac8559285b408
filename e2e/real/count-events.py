#!/usr/bin/env python3
"""Counts the events in recorded event XML without any of the app's code: one JSON object a file.

Uses only Python's standard library. The file's records are cut out by a regular expression and each is read by
ElementTree, so that this shares neither parser nor framing with what it is compared to.
"""

import collections
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

RECORD = re.compile(r"<Event[\s>].*?</Event\s*>", re.S)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRONG_PASSWORD = 0xC000006A
LOCKED = 0xC0000234


def text_of(path):
    raw = open(path, "rb").read()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    elif len(raw) > 3 and raw[0] and not raw[1] and not raw[3]:
        text = raw.decode("utf-16-le", "replace")
    else:
        text = raw.decode("utf-8-sig", "replace")
    return FORBIDDEN.sub("", text)


def local(tag):
    return tag.rsplit("}", 1)[-1]


def child(parent, name):
    return next((item for item in parent if local(item.tag) == name), None)


def number(text):
    try:
        return int(text, 0)
    except (TypeError, ValueError):
        return None


def count(path):
    by_id = collections.Counter()
    wrong = collections.Counter()
    refused = collections.Counter()
    failures = locks = unlocks = broken = 0
    for match in RECORD.finditer(text_of(path)):
        try:
            event = ElementTree.fromstring(match.group(0))
            event_id = int(child(child(event, "System"), "EventID").text)
        except (ElementTree.ParseError, AttributeError, TypeError, ValueError):
            broken += 1
            continue
        by_id[event_id] += 1
        section = child(event, "EventData")
        data = {item.get("Name"): item.text or "" for item in section if local(item.tag) == "Data"} if section is not None else {}
        channel = child(child(event, "System"), "Channel").text
        if channel != "Security":
            continue
        locks += event_id == 4740
        unlocks += event_id == 4767
        if event_id == 4625:
            failures += 1
            code = number(data.get("SubStatus")) or number(data.get("Status"))
            if code == WRONG_PASSWORD:
                wrong[data.get("TargetUserName", "").lower()] += 1
            if code == LOCKED:
                refused[data.get("TargetUserName", "").lower()] += 1
    return {
        "file": path,
        "events": sum(by_id.values()),
        "byId": {str(key): value for key, value in sorted(by_id.items())},
        "broken": broken,
        "failedLogons": failures,
        "wrongPasswordByUser": dict(sorted(wrong.items())),
        "refusedAsLockedByUser": dict(sorted(refused.items())),
        "locks": locks,
        "unlocks": unlocks,
    }


for argument in sys.argv[1:]:
    print(json.dumps(count(argument)))

#!/usr/bin/env python3
"""Counts the events in recorded event XML without any of the app's code: one JSON object a file.

Uses only Python's standard library. The file's records are cut out by a regular expression and each is read by
ElementTree, so that this shares neither parser nor framing with what it is compared to. A record that stands in the
file twice (same computer, channel, record id and time) counts as read twice, but as one failure.
"""

import collections
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

RECORD = re.compile(r"<Event[\s>].*?</Event\s*>", re.S)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRONG_PASSWORD = 0xC000006A
KERBEROS_WRONG_PASSWORD = 0x18
AUDIT_FAILURE = 0x10000000000000


def text_of(path):
    with open(path, "rb") as file:
        raw = file.read()
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


class Event:
    def __init__(self, xml):
        root = ElementTree.fromstring(xml)
        system = child(root, "System")
        self.id = int(child(system, "EventID").text)
        self.channel = child(system, "Channel").text
        self.keywords = number(child(system, "Keywords").text) or 0
        self.identity = (
            child(system, "Computer").text,
            self.channel,
            int(child(system, "EventRecordID").text),
            child(system, "TimeCreated").get("SystemTime"),
        )
        section = child(root, "EventData")
        items = [] if section is None else [item for item in section if local(item.tag) == "Data"]
        self.data = {item.get("Name"): item.text or "" for item in items}

    def account(self):
        name = self.data.get("TargetUserName", "").strip().lower()
        return name.split("\\")[-1].split("@")[0]

    def is_failure(self):
        status = number(self.data.get("Status"))
        if self.id == 4625:
            return True
        if self.id in (4768, 4771, 4776):
            return status != 0
        return self.id == 4723 and bool(self.keywords & AUDIT_FAILURE)

    def counts(self):
        status = number(self.data.get("Status"))
        if self.id == 4625:
            return (number(self.data.get("SubStatus")) or status) == WRONG_PASSWORD
        if self.id == 4776:
            return status == WRONG_PASSWORD
        return self.id == 4771 and status == KERBEROS_WRONG_PASSWORD


def count(path):
    by_id = collections.Counter()
    counted = collections.Counter()
    other = collections.Counter()
    locked = set()
    seen = set()
    ignored = locks = unlocks = broken = 0
    for match in RECORD.finditer(text_of(path)):
        try:
            event = Event(match.group(0))
        except (ElementTree.ParseError, AttributeError, TypeError, ValueError):
            broken += 1
            continue
        by_id[event.id] += 1
        if event.identity in seen or event.channel != "Security":
            continue
        seen.add(event.identity)
        name = event.account()
        if event.id == 4740:
            locks += 1
            locked.add(name)
        unlocks += event.id == 4767
        if event.is_failure():
            if name in ("", "-") or name.endswith("$"):
                ignored += 1
            elif event.counts():
                counted[name] += 1
            else:
                other[name] += 1
    return {
        "file": path,
        "events": sum(by_id.values()),
        "byId": {str(key): value for key, value in sorted(by_id.items())},
        "broken": broken,
        "counted": dict(sorted(counted.items())),
        "notCounted": dict(sorted(other.items())),
        "ignored": ignored,
        "locks": locks,
        "unlocks": unlocks,
        "locked": sorted(locked),
    }


for argument in sys.argv[1:]:
    print(json.dumps(count(argument)))

"""Fits which dates tell an event again, from coded events that differ in their date alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pactwatch.coder.candidates import Candidate
from pactwatch.coder.coded import Coded
from pactwatch.coder.echoes import OpenDate, echo_features, echo_of, open_dates
from pactwatch.coder.regression import Examples


def echo_examples(documents: Sequence[Coded]) -> Examples:
    """Every date behind a coded event; right are those on which the same is coded once more."""
    examples = Examples()
    for coded in documents:
        if any("date" not in mention for mention in coded.gold):
            continue
        mentions = {id(coded.candidates[number]): mention for number, mention in reversed(coded.best())}
        events = coded.events()
        for event in events:
            _date(event, mentions[id(event)])
        for sentence in coded.parsed.context.sentences:
            for date in open_dates(sentence, coded.parsed.context):
                told = echo_of(date, events)
                if told is not None:
                    features = echo_features(told, date, coded.parsed.context)
                    answer = float(_is_coded(mentions[id(told)], date, coded.gold))
                    examples.add(features, answer, coded.origin)
    return examples


def _date(event: Candidate, mention: dict[str, Any]) -> None:
    """Give an event the coded modality and the date of its sentence that says the coded day."""
    event.modality, event.date_number, event.when = mention["modality"], None, None
    for number, span in enumerate(event.sentence.dates):
        if mention["date"] is not None and mention["date"] in {span.past.date, span.future.date}:
            event.date_number = number
            event.when = span.past if mention["date"] == span.past.date else span.future
            return


_SAME = ("type", "stage", "modality")


def _is_coded(mention: dict[str, Any], date: OpenDate, gold: Sequence[dict[str, Any]]) -> bool:
    days = {date.span.past.date, date.span.future.date}
    return any(
        other is not mention
        and other["date"] is not None
        and other["date"] in days
        and other["date"] != mention["date"]
        and all(other[name] == mention[name] for name in _SAME)
        and sorted(other["parties"]) == sorted(mention["parties"])
        for other in gold
    )

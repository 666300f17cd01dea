"""Whatever is asked of the API, the answer is no fault of the server and as its description says (Schemathesis)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
import schemathesis.specs.openapi.schemas  # early: Python 3.11 may fail to parse while a server's thread does
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from pactwatch.site.auditing import PATIENCE

EXAMPLES = 6
"""Questions of each kind to each address; more found nothing more and take longer."""


@pytest.fixture(scope="module")
def described(web: httpx.Client) -> Any:
    return schemathesis.openapi.from_dict(web.get("/api/v1/openapi.json").json())


def excuse(answer: Any, mode: GenerationMode) -> list[Any]:
    """Checks that speak of something else: a date such as 31 February and another's cursor fit their descriptions and
    are refused, so is a text that is no article, and refusing a question for its length is refusing it."""
    if mode is GenerationMode.POSITIVE and answer.status_code == 400:
        assert {one["parameter"] for one in answer.json()["faults"]} <= {"from", "to", "cursor", "text", "address"}
        return [positive_data_acceptance]
    return [negative_data_rejection] if answer.status_code in (413, 414) else []


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_answers_are_as_described(described: Any, live: int, mode: GenerationMode) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 15
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not any(
            map(len, (operation.query, operation.path_parameters, operation.body))
        ):
            continue  # without parameters nothing can be asked wrongly

        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            answer = case.call(base_url=f"http://127.0.0.1:{live}", timeout=PATIENCE)
            case.validate_response(answer, excluded_checks=excuse(answer, mode))

        ask()

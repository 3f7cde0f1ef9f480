"""The API against its own description: made-up requests of every kind, none of which may be answered with a fault of the server's."""

import os
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from starlette.testclient import TestClient

from web_served import app_of, fill

EXAMPLES = int(os.environ.get("DATELINE_MADE_UP_REQUESTS", "3"))
"""Made-up requests an endpoint; set it higher for a longer look."""


def test_no_request_is_answered_with_a_fault(tmp_path: Path) -> None:
    fill(tmp_path / "record.db")
    app = app_of(tmp_path / "record.db", hosts=("testserver",))
    seen: list[str] = []
    with TestClient(app, base_url="http://127.0.0.1"):
        described = schemathesis.openapi.from_asgi("/api/openapi.json", app)
        for found in described.get_all_operations():
            operation = found.ok()

            @given(case=operation.as_strategy())
            @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
            def ask(case: schemathesis.Case) -> None:
                response = case.call()
                case.validate_response(response, checks=[not_a_server_error, content_type_conformance, response_schema_conformance])
                assert response.status_code < 500

            ask()
            seen.append(operation.label)
    assert len(seen) == sum(len(methods) for methods in app.openapi()["paths"].values())

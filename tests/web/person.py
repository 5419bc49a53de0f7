"""Somebody who uses a served chat, as a browser's script would: logs in, uploads, clicks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Person:
    """Speaks to a server in a session of its own; `name` logs in where a password is given."""

    address: str
    name: str
    password: str = ""
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=60, trust_env=False)
        if self.password:
            form = {"username": self.name, "password": self.password}
            self.client.post("/login", data=form).raise_for_status()
            self._keep_cookies()

    def _keep_cookies(self) -> None:
        """Send back what a browser sends on plain HTTP to loopback."""
        kept = [c for c in self.client.cookies.jar if "unsecure" in c.name]
        self.client.headers["cookie"] = "; ".join(f"{c.name}={c.value}" for c in kept)

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def upload(self, name: str, data: bytes) -> httpx.Response:
        return self.client.post("/gradio_api/upload", files={"files": (name, data)})

    def uploaded(self, name: str, data: bytes) -> dict[str, Any]:
        """Upload a file and return it as the page hands it to a listener."""
        path = self.upload(name, data).raise_for_status().json()[0]
        return {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}

    def join(self, elem_id: str, event: str, data: list[Any], event_data: Any = None) -> Any:
        return self.client.post(
            "/gradio_api/queue/join",
            json={
                "data": data,
                "event_data": event_data,
                "fn_index": self.listener(elem_id, event),
                "session_hash": self.name,
            },
        )

    def trigger(self, elem_id: str, event: str, data: list[Any], event_data: Any = None) -> Any:
        """Return what the outputs of a listener come to, in its own order."""
        self.join(elem_id, event, data, event_data).raise_for_status()
        where = {"session_hash": self.name}
        with self.client.stream("GET", "/gradio_api/queue/data", params=where) as stream:
            for line in stream.iter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_completed":
                    assert told["success"], told
                    return told["output"]["data"]
        raise AssertionError("the server closed the stream before it was done")

    def listener(self, elem_id: str, event: str) -> int:
        config = self.client.get("/config").raise_for_status().json()
        part = next(p["id"] for p in config["components"] if p["props"].get("elem_id") == elem_id)
        return next(d["id"] for d in config["dependencies"] if [part, event] in d["targets"])

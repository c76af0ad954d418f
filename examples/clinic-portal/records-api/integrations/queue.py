"""Consumes what other services put on the queue."""
from __future__ import annotations

import json
import logging
import pickle
from typing import Any, Callable

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]


class Consumer:
    """Calls a handler for each message, by the routing key."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}

    def on(self, key: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.handlers[key] = handler
            return handler
        return register

    def receive(self, channel, method, properties, body: bytes) -> None:
        handler = self.handlers.get(method.routing_key)
        if handler is None:
            log.warning("nobody handles %s", method.routing_key)
            channel.basic_nack(method.delivery_tag, requeue=False)
            return
        handler(decode(properties.content_type, body))
        channel.basic_ack(method.delivery_tag)


def decode(content_type: str, body: bytes) -> dict[str, Any]:
    """Older houses still send Python objects."""
    if content_type == "application/x-python":
        return pickle.loads(body)
    return json.loads(body)


consumer = Consumer()


@consumer.on("patient.merged")
def patient_merged(message: dict[str, Any]) -> None:
    log.info("patient %s is now %s", message["old"], message["new"])


@consumer.on("lab.result")
def lab_result(message: dict[str, Any]) -> None:
    log.info("result of %s for %s", message["test"], message["patient"])

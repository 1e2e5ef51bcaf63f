from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from reports.build import read_warehouse
from reports.exceptions import ReportData
from reports.notification import (
    TOLD_FILE,
    MailTarget,
    NotificationSettings,
    WebhookTarget,
    mail_text,
    pending_notification,
    send,
)

ALL = ("error", "warning", "notice")


class Receiver(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.received: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append({**json.loads(body), "header": self.headers["Idempotency-Key"]})
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def data(warehouse: Path) -> ReportData:
    return read_warehouse(warehouse)


def webhook(receiver: Receiver) -> NotificationSettings:
    url = f"http://127.0.0.1:{receiver.server_port}/hook"
    return NotificationSettings(webhook=WebhookTarget(url=url), severities=ALL)


def test_only_new_fixed_and_reopened_findings_are_news(data: ReportData, tmp_path: Path) -> None:
    notification = pending_notification(data, tmp_path, ALL)
    assert [(row.finding_id, row.status) for row in notification.findings] == [
        ("f1", "new"),
        ("f3", "reopened"),
        ("f4", "fixed"),
    ]
    assert notification.payload["counts"] == {"new": 1, "reopened": 1, "fixed": 1}
    assert [row.finding_id for row in pending_notification(data, tmp_path).findings] == ["f1", "f4"]


def test_each_change_is_told_once(data: ReportData, tmp_path: Path, receiver: Receiver) -> None:
    settings = webhook(receiver)
    for _ in range(2):
        assert send(pending_notification(data, tmp_path, ALL), settings, tmp_path) == []
    assert len(receiver.received) == 1
    payload = receiver.received[0]
    assert payload["header"] == payload["id"]
    assert {one["finding_id"] for one in payload["findings"]} == {"f1", "f3", "f4"}
    assert pending_notification(data, tmp_path, ALL).findings == ()


def test_a_failed_target_is_told_again(data: ReportData, tmp_path: Path, receiver: Receiver) -> None:
    settings = webhook(receiver)
    receiver.status = 500
    (failure,) = send(pending_notification(data, tmp_path, ALL), settings, tmp_path)
    assert failure.startswith("通知未送达")
    assert not (tmp_path / TOLD_FILE).exists()
    receiver.status = 200
    assert send(pending_notification(data, tmp_path, ALL), settings, tmp_path) == []
    assert len({one["id"] for one in receiver.received}) == 1


def test_mail_says_it_in_chinese(data: ReportData, tmp_path: Path) -> None:
    sent = []
    target = MailTarget(host="mail.example", sender="a@b.example", recipients=("c@d.example",))
    notification = pending_notification(data, tmp_path, ALL)
    settings = NotificationSettings(mail=target)
    assert send(notification, settings, tmp_path, mail=lambda _, message: sent.append(message)) == []
    assert sent[0]["Subject"] == "明账 2026-11-23 新增 1，重现 1，已整改 1"
    text = sent[0].get_content()
    assert text == mail_text(notification)
    assert "【新增·差错】甲局 2024部门决算：各项收入之和与本年收入合计不一致。" in text


def test_an_unreachable_mail_server_is_one_line(data: ReportData, tmp_path: Path) -> None:
    target = MailTarget(host="127.0.0.1", port=1, sender="a@b", recipients=("c@d",), security="none")
    (line,) = send(pending_notification(data, tmp_path), NotificationSettings(mail=target), tmp_path)
    assert line.startswith("邮件未送达 127.0.0.1")


def test_without_target_or_news_nothing_is_marked(data: ReportData, tmp_path: Path) -> None:
    assert send(pending_notification(data, tmp_path), NotificationSettings(), tmp_path) == []
    assert list(tmp_path.glob(TOLD_FILE)) == []


def test_a_torn_line_does_not_hide_what_was_told(
    data: ReportData, tmp_path: Path, receiver: Receiver
) -> None:
    send(pending_notification(data, tmp_path, ALL), webhook(receiver), tmp_path)
    with (tmp_path / TOLD_FILE).open("a", encoding="utf-8") as file:
        file.write('{"key": "f1|')
    assert pending_notification(data, tmp_path, ALL).findings == ()


def test_a_target_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        WebhookTarget(url="file:///etc/passwd")

"""Telling people what changed: new, fixed and reopened findings, each change once.

What has been told stands in an append-only file of the ledger folder, so that running a night again, or a night
without news, tells nobody anything. Secrets come from environment variables, never from the configuration.
"""

from __future__ import annotations

import hashlib
import json
import os
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx2
from pydantic import BaseModel, ConfigDict, Field

from reports.exceptions import ExceptionRow, ReportData
from reports.labels import label, severity_rank

#: States that are news.
NEWS = ("new", "reopened", "fixed")

#: File below the ledger folder that holds the keys of what was told.
TOLD_FILE = "notified.jsonl"

#: How many findings a mail lists; the payload always has all.
_MOST_IN_MAIL = 50


class WebhookTarget(BaseModel):
    """An address that takes the payload as a JSON POST."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern=r"^https?://")
    token_variable: str | None = None  # environment variable with a bearer token
    timeout_seconds: float = Field(default=20.0, gt=0)


class MailTarget(BaseModel):
    """A mail server and who gets the mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    port: int = 587
    sender: str
    recipients: tuple[str, ...] = Field(min_length=1)
    security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    user: str | None = None
    password_variable: str | None = None  # environment variable with the password
    timeout_seconds: float = Field(default=20.0, gt=0)


class NotificationSettings(BaseModel):
    """Where changes are told; nothing is sent where nothing is set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhook: WebhookTarget | None = None
    mail: MailTarget | None = None
    severities: tuple[str, ...] = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Notification:
    """The changes that have not been told yet; ``payload`` is what a webhook gets and what is written as JSON."""

    night: date | None
    findings: tuple[ExceptionRow, ...]

    @property
    def keys(self) -> list[str]:
        """One key for each change: a finding that is fixed, then comes back, is told both times."""
        return [change_key(row, self.night) for row in self.findings]

    @property
    def payload(self) -> dict[str, Any]:
        """The notification as JSON-able data."""
        counts = {state: sum(row.status == state for row in self.findings) for state in NEWS}
        digest = hashlib.sha256("\n".join(sorted(self.keys)).encode()).hexdigest()[:20]
        return {
            "id": f"n_{digest}",
            "night": self.night.isoformat() if self.night else None,
            "counts": counts,
            "findings": [_finding_payload(row) for row in self.findings],
        }


def change_key(row: ExceptionRow, night: date | None) -> str:
    """Return the identity of one change of one finding."""
    day = row.first_seen if row.status == "new" else night
    return f"{row.finding_id}|{row.status}|{day.isoformat() if day else ''}"


def _finding_payload(row: ExceptionRow) -> dict[str, Any]:
    return {
        "finding_id": row.finding_id,
        "status": row.status,
        "severity": row.severity,
        "unit_name": row.unit_name,
        "fiscal_year": row.fiscal_year,
        "doc_kind": row.doc_kind,
        "scope": row.scope,
        "rule_id": row.rule_id,
        "title": row.title,
        "message": row.message,
        "source": row.source_link,
    }


def pending_notification(
    data: ReportData, ledger_folder: Path, severities: Sequence[str] = ("error", "warning")
) -> Notification:
    """Return the news of these severities that nobody was told yet, gravest first."""
    told = _told(ledger_folder / TOLD_FILE)
    news = [
        row
        for row in data.findings
        if row.status in NEWS and row.severity in severities and change_key(row, data.night) not in told
    ]
    news.sort(
        key=lambda row: (NEWS.index(row.status or ""), severity_rank(row.severity), row.unit, row.finding_id)
    )
    return Notification(data.night, tuple(news))


def _told(path: Path) -> set[str]:
    if not path.exists():
        return set()
    keys = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            keys.add(json.loads(line)["key"])
        except (ValueError, KeyError, TypeError):
            continue  # a line torn by a kill: at worst that change is told again
    return keys


def mark_told(notification: Notification, ledger_folder: Path) -> None:
    """Remember that everything in the notification has been told."""
    ledger_folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps({"key": key}, ensure_ascii=False) + "\n" for key in notification.keys)
    with (ledger_folder / TOLD_FILE).open("a", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def mail_text(notification: Notification) -> str:
    """Return the notification as a plain Chinese mail."""
    counts = notification.payload["counts"]
    lines = ["，".join(f"{label('status', state)} {counts[state]:,} 条" for state in NEWS) + "。", ""]
    for row in notification.findings[:_MOST_IN_MAIL]:
        about = f"{row.unit} {row.fiscal_year or ''}{row.disclosure}"
        lines.append(
            f"【{label('status', row.status)}·{label('severity', row.severity)}】{about}：{row.message or row.title}"
        )
    rest = len(notification.findings) - _MOST_IN_MAIL
    if rest > 0:
        lines.append(f"另有 {rest:,} 条，见例外清单。")
    return "\n".join(lines) + "\n"


def send(
    notification: Notification,
    settings: NotificationSettings,
    ledger_folder: Path,
    *,
    post: Callable[[WebhookTarget, dict[str, Any]], None] | None = None,
    mail: Callable[[MailTarget, EmailMessage], None] | None = None,
) -> list[str]:
    """Send to every configured target and remember it; return one Chinese line for each target that failed.

    Nothing is sent where there is no news or no target. Where a target fails, nothing is marked as told and the
    next run tries again; the payload's id lets a receiver recognise a repetition.
    """
    if not notification.findings or not (settings.webhook or settings.mail):
        return []
    failures = []
    if settings.webhook:
        try:
            (post or _post)(settings.webhook, notification.payload)
        except (httpx2.HTTPError, OSError) as error:
            failures.append(f"通知未送达 {settings.webhook.url}：{error}")
    if settings.mail:
        try:
            (mail or _mail)(settings.mail, _message(notification, settings.mail))
        except (smtplib.SMTPException, OSError) as error:
            failures.append(f"邮件未送达 {settings.mail.host}：{error}")
    if not failures:
        mark_told(notification, ledger_folder)
    return failures


def _post(target: WebhookTarget, payload: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": payload["id"]}
    if target.token_variable:
        headers["Authorization"] = f"Bearer {os.environ.get(target.token_variable, '')}"
    answer = httpx2.post(target.url, json=payload, headers=headers, timeout=target.timeout_seconds)
    answer.raise_for_status()


def _message(notification: Notification, target: MailTarget) -> EmailMessage:
    message = EmailMessage()
    counts = notification.payload["counts"]
    day = notification.night.isoformat() if notification.night else ""
    message["Subject"] = (
        f"明账 {day} 新增 {counts['new']}，重现 {counts['reopened']}，已整改 {counts['fixed']}"
    )
    message["From"] = target.sender
    message["To"] = ", ".join(target.recipients)
    message["Message-ID"] = f"<{notification.payload['id']}@{target.sender.rpartition('@')[2]}>"
    message.set_content(mail_text(notification))
    return message


def _mail(target: MailTarget, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if target.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            target.host, target.port, timeout=target.timeout_seconds, context=context
        )
    else:
        server = smtplib.SMTP(target.host, target.port, timeout=target.timeout_seconds)
    with server:
        if target.security == "starttls":
            server.starttls(context=context)
        if target.user:
            server.login(target.user, os.environ.get(target.password_variable or "", ""))
        server.send_message(message)

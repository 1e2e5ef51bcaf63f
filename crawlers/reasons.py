"""Why no document came of a link: closed codes and the Chinese sentence of each."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of ``Sighting.reason_code`` and of a crawl report's refusals."""

    NOT_FOUND = "not_found"
    GONE = "gone"
    SOFT_404 = "soft_404"
    BLOCKED = "blocked"
    SERVER_ERROR = "server_error"
    NETWORK = "network"
    TIMEOUT = "timeout"
    TLS = "tls"
    ROBOTS = "robots"
    HOST_NOT_ALLOWED = "host_not_allowed"
    PRIVATE_ADDRESS = "private_address"
    BAD_SCHEME = "bad_scheme"
    BAD_URL = "bad_url"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    TRUNCATED = "truncated"
    BAD_ENCODING = "bad_encoding"
    EMPTY = "empty"
    HTML_INSTEAD = "html_instead"
    NOT_A_DOCUMENT = "not_a_document"
    NO_ATTACHMENT = "no_attachment"
    BAD_BUNDLE = "bad_bundle"
    UNSAFE_MEMBER = "unsafe_member"
    UNPACKING_UNSUPPORTED = "unpacking_unsupported"
    BAD_LISTING = "bad_listing"
    FILE_UNREADABLE = "file_unreadable"


#: Sentences; ``{detail}`` is filled with what was met.
SENTENCES: dict[Reason, str] = {
    Reason.NOT_FOUND: "网站答复没有这个地址（{detail}）",
    Reason.GONE: "页面已撤下，只剩跳转空页",
    Reason.SOFT_404: "地址已失效，网站以首页代替",
    Reason.BLOCKED: "被网站防护拦截（{detail}）",
    Reason.SERVER_ERROR: "网站服务器出错（{detail}）",
    Reason.NETWORK: "连接失败：{detail}",
    Reason.TIMEOUT: "等待超时",
    Reason.TLS: "安全连接失败：{detail}；确认网站无误后可在来源配置中写明 verify_tls: false",
    Reason.ROBOTS: "robots.txt 不允许访问",
    Reason.HOST_NOT_ALLOWED: "主机 {detail} 不在来源配置的 allowed_hosts 中，未访问",
    Reason.PRIVATE_ADDRESS: "指向内部网络地址（{detail}），拒绝访问",
    Reason.BAD_SCHEME: "地址类型 {detail} 不是 http 或 https，拒绝访问",
    Reason.BAD_URL: "地址无法识别：{detail}",
    Reason.TOO_MANY_REDIRECTS: "跳转次数过多",
    Reason.TOO_LARGE: "超过大小上限（{detail}）",
    Reason.BOMB: "解压后膨胀过大（{detail}），拒绝接收",
    Reason.TRUNCATED: "传输中断，内容不完整（{detail}）",
    Reason.BAD_ENCODING: "压缩传输的内容无法解开（{detail}）",
    Reason.EMPTY: "内容几乎是空的（{detail}）",
    Reason.HTML_INSTEAD: "链接名为文件，得到的却是网页",
    Reason.NOT_A_DOCUMENT: "得到的不是文档（{detail}）",
    Reason.NO_ATTACHMENT: "公开页面上没有找到附件",
    Reason.BAD_BUNDLE: "压缩包无法打开：{detail}",
    Reason.UNSAFE_MEMBER: "压缩包内的条目不安全（{detail}），未取出",
    Reason.UNPACKING_UNSUPPORTED: "{detail} 格式已保存，但不能自动取出其中的文件",
    Reason.BAD_LISTING: "列表接口的答复无法读懂：{detail}",
    Reason.FILE_UNREADABLE: "读不到文件：{detail}",
}

#: Failures that another try, tonight or tomorrow, may cure. They are reported, but leave no sighting:
#: a night that met a fault and one that did not end with the same store.
TRANSIENT = frozenset(
    {
        Reason.SERVER_ERROR,
        Reason.NETWORK,
        Reason.TIMEOUT,
        Reason.TRUNCATED,
        Reason.BLOCKED,
        Reason.TLS,
        Reason.BAD_ENCODING,
    }
)


#: Answers that look final but that portals also give in passing (firewall blips, half-published pages). The first
#: night that meets one is not complete; a second night with the same answer confirms it.
UNCONFIRMED = frozenset(
    {
        Reason.NOT_FOUND,
        Reason.GONE,
        Reason.SOFT_404,
        Reason.EMPTY,
        Reason.HTML_INSTEAD,
        Reason.NOT_A_DOCUMENT,
    }
)


def sentence(reason: Reason, detail: object = "") -> str:
    """Return the Chinese sentence of a reason."""
    return SENTENCES[reason].format(detail=detail)

"""Commands that look at files, published or not: what was understood of one, and of many."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from extractors.document import extract_document
from flows.command_line import AsJson, app
from flows.console import console, print_json, print_rows
from flows.exit_codes import ExitCode
from flows.understanding import Understanding, understand
from transforms.corpus_report import corpus_report, render


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="一份 PDF", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """看懂一份文件：识别出的报表、页码、单位、行数，以及没看懂的内容。"""
    found = understand(extract_document(file))
    if as_json:
        print_json(found.record())
    else:
        _show(file, found)
    if found.document["status"] != "extracted":
        raise typer.Exit(int(ExitCode.INCOMPLETE))


def _show(file: Path, found: Understanding) -> None:
    document, identity = found.document, found.identity
    console.print(f"[bold]{file.name}[/]")
    if document["status"] != "extracted":
        console.print(f"无法读取：{document['status_reason']}（{document['reason_code']}）")
        return
    kinds = {"budget": "预算", "final_accounts": "决算", None: "文种不明"}
    scopes = {"department": "部门", "unit": "单位", None: "口径不明"}
    console.print(
        f"单位：{identity['unit_name'] or '未识别'}　年度：{identity['fiscal_year'] or '未识别'}　"
        f"{scopes[identity['scope']]}{kinds[identity['doc_kind']]}　"
        f"{document['page_count']} 页　文字层：{document['text_layer']}"
    )
    print_rows(found.statement_columns, found.statement_rows(), as_json=False, title="报表")
    console.print(
        f"表格 {found.table_count} 张，单元格 {found.cell_count} 个，其中数字 {found.number_count} 个，"
        f"入账金额 {found.amount_count} 个；文字说明 {found.sentence_count} 句，数据断言 {found.claim_count} 条"
    )
    for line in found.not_understood():
        console.print(f"未理解：{line}")


@app.command("corpus-report")
def corpus_report_command(
    paths: Annotated[list[Path], typer.Argument(help="PDF 文件或文件夹", exists=True)],
    as_json: AsJson = False,
) -> None:
    """逐份报告提取与理解的程度，以及词表没有覆盖的标题、表头和行名。"""
    report = corpus_report(paths)
    if as_json:
        print_json(asdict(report))
    else:
        console.print(render(report), markup=False)

"""Commands about the bureau's own lists (``units``, ``accept-unit``, ``accept-subject``) and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.command_line import AsJson, Config, Home, app, read_settings
from flows.commands_data import query
from flows.console import console, fail, print_json, print_rows, say
from flows.exit_codes import ExitCode
from flows.settings import home_directory, registry_directory
from warehouse.dimensions import accept_subject
from warehouse.export import export_package
from warehouse.query import NothingPublishedError
from warehouse.units import accept_alias

_UNMATCHED = "SELECT printed_name, proposed_name, similarity FROM mart.unit_name_unmatched ORDER BY ALL"


@app.command()
def units(home: Home = None, as_json: AsJson = False) -> None:
    """列出名册中没有的单位名称和相近的登记单位（只作提示，由人确认）。"""
    found = query(home, _UNMATCHED)
    if as_json:
        print_json(found.records())
        return
    if not found.rows:
        say("没有要确认的名称：印出的单位都在名册中，或没有名册（那时以印出的名称为单位）。")
        return
    print_rows(("印出的名称", "相近的登记单位", "相近程度"), found.rows, as_json=False)


@app.command("accept-unit")
def accept_unit(
    printed: Annotated[str, typer.Argument(help="文件中印出的名称")],
    official: Annotated[str, typer.Argument(help="名册中的名称")],
    config: Config = None,
    home: Home = None,
) -> None:
    """确认一个印出的名称就是名册中的某单位，下一夜生效。"""
    accept_alias(registry_directory(home_directory(home), read_settings(config)), printed, official)
    console.print(f"已登记：{printed} → {official}", markup=False)


@app.command("accept-subject")
def accept_subject_command(
    scheme: Annotated[str, typer.Argument(help="functional、departmental_economic 或 governmental_economic")],
    code: Annotated[str, typer.Argument(help="科目编码")],
    name: Annotated[str, typer.Argument(help="科目名称")],
    config: Config = None,
    home: Home = None,
) -> None:
    """经核对后，把参考表中没有的科目记入本地增补表，下一夜生效。"""
    try:
        accept_subject(registry_directory(home_directory(home), read_settings(config)), scheme, code, name)
    except ValueError as error:
        fail(str(error), ExitCode.USAGE)
    console.print(f"已登记：{scheme} {code} {name}", markup=False)


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="要建立的文件夹")],
    tables: Annotated[list[str] | None, typer.Option("--table", help="只导出这些视图，可重复")] = None,
    home: Home = None,
) -> None:
    """把已发布的视图导出为 Parquet 和 CSV，附数据字典（frictionless 数据包）。"""
    try:
        exported = export_package(home_directory(home), target, tables=tables)
    except NothingPublishedError as error:
        fail(str(error), ExitCode.NOTHING_PUBLISHED)
    except (LookupError, ValueError, FileExistsError) as error:
        fail(str(error), ExitCode.USAGE)
    console.print(f"已导出到 {target}（{len(exported)} 个文件）", markup=False)

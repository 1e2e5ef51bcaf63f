"""Commands over the lake that several districts publish to."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer

from flows.command_line import AsJson, Config, app, read_settings
from flows.console import fail, print_json, print_rows
from flows.exit_codes import ExitCode
from warehouse.lake import Lake, LakeError, open_lake, snapshots
from warehouse.query import QueryResult

District = Annotated[str | None, typer.Option("--district", help="只看一个区县（默认全部）")]
Snapshot = Annotated[int | None, typer.Option("--snapshot", help="看某个快照时的数据（默认最新）")]


@app.command("lake-sql")
def lake_sql(
    statement: Annotated[str, typer.Argument(help="一条 SQL，只读")],
    config: Config = None,
    district: District = None,
    snapshot: Snapshot = None,
    as_json: AsJson = False,
) -> None:
    """在数据湖上执行一条 SQL（只读；表与视图的名称同数据仓库）。"""
    try:
        with open_lake(_lake(config), district=district, snapshot=snapshot) as connection:
            cursor = connection.execute(statement)
            columns = tuple(one[0] for one in cursor.description or ())
            found = QueryResult(columns, cursor.fetchall() if columns else [])
    except (LakeError, duckdb.Error) as error:
        fail(str(error), ExitCode.USAGE)
    if as_json:
        print_json(found.records())
        return
    print_rows(found.columns, found.rows, as_json=False)


@app.command("lake-snapshots")
def lake_snapshots(config: Config = None, as_json: AsJson = False) -> None:
    """列出数据湖的快照。"""
    try:
        found = snapshots(_lake(config))
    except LakeError as error:
        fail(str(error), ExitCode.USAGE)
    print_rows(("snapshot", "time"), found, as_json=as_json)


def _lake(config: Config) -> Lake:
    settings = read_settings(config).lake
    if settings is None:
        fail("配置里没有数据湖", ExitCode.USAGE, "在配置文件的 lake 中写明 catalogue、data、district")
    return Lake(settings.catalogue, settings.data)

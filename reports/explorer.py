"""The explorer for analysts who write no SQL: marimo's own table and transformation widgets over the mart views.

A marimo notebook: ``mingzhang explore`` runs it read-only (``marimo run``) and names the DuckDB file in
``MINGZHANG_EXPLORED``. Cells are functions because marimo's format asks for it; what they return, other cells take by name.
"""

import marimo

app = marimo.App(width="full", app_title="明账 · 数据浏览")


@app.cell
def _():
    import os

    import duckdb
    import marimo as mo

    #: More rows than this are not loaded at once; the filters bring a view below it.
    row_limit = 500_000
    connection = duckdb.connect(os.environ["MINGZHANG_EXPLORED"], read_only=True)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET autoinstall_known_extensions = false")
    mo.md("# 明账 · 数据浏览")
    return connection, mo, row_limit


@app.cell
def _(connection, mo):
    views = connection.execute(
        "SELECT view_name, coalesce(comment, '') FROM duckdb_views() "
        "WHERE schema_name = 'mart' ORDER BY view_name <> 'exception', view_name"
    ).fetchall()
    choices = {f"{name}　{comment}": name for name, comment in views}
    view = mo.ui.dropdown(
        choices, value=next(iter(choices)), label="数据集", searchable=True, full_width=True
    )
    view  # noqa: B018 - a cell shows its last expression
    return (view,)


@app.cell
def _(connection, mo, view):
    columns = connection.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ?",
        [view.value],
    ).fetchall()

    def _values(column):
        found = connection.sql(f'SELECT DISTINCT "{column}" FROM mart."{view.value}" ORDER BY ALL')
        return [str(value) for (value,) in found.fetchall() if value is not None]

    filters = mo.ui.dictionary(
        {
            column: mo.ui.multiselect(_values(column), label=label)
            for column, label in (("unit_name", "单位"), ("fiscal_year", "年度"), ("doc_kind", "文种"))
            if column in {name for name, _ in columns}
        }
    )
    mo.hstack(list(filters.values()), justify="start")
    return columns, filters


@app.cell
def _(connection, filters, mo, row_limit, view):
    _chosen = {column: values for column, values in filters.value.items() if values}
    _condition = " AND ".join(f'list_contains(${column}, "{column}"::VARCHAR)' for column in _chosen)
    _from = f'FROM mart."{view.value}"' + (f" WHERE {_condition}" if _condition else "")
    _count = connection.execute(f"SELECT count(*) {_from}", _chosen or None).fetchone()[0]
    rows = connection.execute(f"{_from} LIMIT {row_limit}", _chosen or None).pl()
    if _count > row_limit:
        _note = f"共 {_count:,} 行，只载入前 {row_limit:,} 行；请用上面的条件缩小范围。"
    else:
        _note = f"共 {_count:,} 行。"
    mo.md(_note)
    return (rows,)


@app.cell
def _(columns, mo, rows):
    _years = {name: str for name in ("fiscal_year", "reference_year") if name in rows.columns}
    mo.ui.tabs(
        {
            "浏览": mo.ui.table(rows, page_size=20, selection=None, format_mapping=_years, max_height=640),
            "筛选与汇总": mo.lazy(lambda: mo.ui.dataframe(rows, page_size=20)),
            "字段说明": mo.ui.table(
                [{"字段": name, "说明": comment} for name, comment in columns], selection=None, page_size=50
            ),
        }
    )
    return


if __name__ == "__main__":
    app.run()

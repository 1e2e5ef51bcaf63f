"""What transforms hand on to the warehouse, per document: identity, statements, labelled cells, amounts, claims.

Codes used here are listed in ``transforms/vocabulary``: ``statements.csv``, ``lines.csv``, ``measures.csv``,
``funds.csv``, ``stages.csv``.
"""

from __future__ import annotations

import polars as pl

from extractors.schema import PRINTED

#: One row: who published what for when, from inside the document (never from its file name).
IDENTITY = pl.Schema(
    {
        "unit_name": pl.String,  # as printed, white space folded
        "department_name": pl.String,
        "fiscal_year": pl.Int32,
        "doc_kind": pl.String,  # budget | final_accounts
        "scope": pl.String,  # department | unit
        "content": pl.String,  # full | narrative | tables | performance | other
        "is_template": pl.Boolean,  # an empty form: no unit of its own
        "is_consolidated": pl.Boolean,  # statements of several units in one file
        "is_identified": pl.Boolean,  # unit, year and kind all found
        "evidence": pl.String,  # JSON: per field, the text and page it was read from
    }
)

#: One row a statement (or an unrecognised table: statement_code null, status unrecognised).
STATEMENT = pl.Schema(
    {
        "statement_no": pl.Int32,
        "statement_code": pl.String,
        "title": pl.String,  # as printed, folded
        "table_no": pl.Int32,  # the extracted table it stands in; null when announced but without a table
        "first_page": pl.Int32,
        "last_page": pl.Int32,
        "money_unit": pl.String,  # 元 | 万元 | 亿元
        "is_money_unit_inferred": pl.Boolean,
        "status": pl.String,  # filled | empty_declared | empty | unrecognised | announced_only
        "status_reason": pl.String,
        "printed_year": pl.Int32,
        "printed_unit_name": pl.String,
    }
)

#: One row a cell of extraction, with what was understood of its place.
CELL_LABEL = pl.Schema(
    {
        "table_no": pl.Int32,
        "row_no": pl.Int32,
        "column_no": pl.Int32,
        "statement_no": pl.Int32,
        "row_label": pl.String,  # printed label of its row on its side of the table, folded
        "column_label": pl.String,  # header path, outermost first, joined with "/"
        "unmapped_reason": pl.String,  # for numeric cells only: why it is no amount; null when it is one
    }
)

#: One row a printed amount or count that was understood. Blank and dash cells of understood rows are here too
#: (amount_yuan 0, exact): their row exists, so they count as zero in sums.
AMOUNT = pl.Schema(
    {
        "table_no": pl.Int32,
        "row_no": pl.Int32,
        "column_no": pl.Int32,
        "statement_no": pl.Int32,
        "statement_code": pl.String,
        "line_code": pl.String,
        "measure": pl.String,
        "functional_code": pl.String,  # 3, 5 or 7 digits
        "economic_code": pl.String,  # 3 or 5 digits; departmental 3xx, governmental 5xx
        "fund": pl.String,
        "stage": pl.String,
        "item": pl.String,  # running key where line_code alone is not unique (project name, indicator row); "" otherwise
        "subject_name": pl.String,  # printed name of the row, folded
        "state": pl.String,
        "value": PRINTED,  # as printed; 0 for blank and dash
        "decimals": pl.Int32,
        "unit": pl.String,  # 元 | 万元 | 亿元 | 辆 | 台（套） | 个 | 人 | 批次 | 分 | % ...
        "is_unit_inferred": pl.Boolean,
        "amount_yuan": PRINTED,  # null where unit is not money
        "is_leaf": pl.Boolean,  # no other row of the same statement, measure, fund and stage refines it
    }
)

#: One row a table cell, title or header that nothing in the vocabulary covers, for the unmapped report.
UNMAPPED = pl.Schema(
    {
        "kind": pl.String,  # title | column | row | code | number
        "text": pl.String,
        "statement_code": pl.String,
        "page": pl.Int32,
        "reason": pl.String,
    }
)

#: One row a project that a self-evaluation or target form is about.
PERFORMANCE_PROJECT = pl.Schema(
    {
        "statement_no": pl.Int32,
        "table_no": pl.Int32,
        "project": pl.String,  # as printed, folded: the key of its amounts' item
        "department_name": pl.String,
        "unit_name": pl.String,
        "total_score": PRINTED,
        "grade": pl.String,  # 优 | 良 | 中 | 差 | 合格 ... as printed; null where none
        "goal": pl.String,
        "result": pl.String,
    }
)

#: One row an indicator of a performance form: the texts beside its weight and score (which are amounts too).
PERFORMANCE_INDICATOR = pl.Schema(
    {
        "statement_no": pl.Int32,
        "table_no": pl.Int32,
        "row_no": pl.Int32,
        "project": pl.String,
        "level_one": pl.String,
        "level_two": pl.String,
        "level_three": pl.String,
        "target": pl.String,
        "adjusted_target": pl.String,
        "actual": pl.String,
        "weight": PRINTED,
        "score": PRINTED,
        "deviation_reason": pl.String,
    }
)

#: One row one number or direction word asserted in the narrative.
CLAIM = pl.Schema(
    {
        "sentence_no": pl.Int32,
        "claim_no": pl.Int32,  # within the sentence
        "page": pl.Int32,
        "section": pl.String,
        "subject_kind": pl.String,
        "subject_text": pl.String,
        "statement_code": pl.String,  # where the subject is a statement line or measure of one
        "line_code": pl.String,
        "measure": pl.String,
        "fund": pl.String,
        "functional_code": pl.String,
        "functional_path": pl.String,  # printed names 类/款/项 joined with "/", null where none
        "economic_code": pl.String,
        # amount | change | growth | share | completion | count | ratio | score | direction | comparison | reason |
        # purpose | list | absence | date | placeholder | option | instruction
        "metric": pl.String,
        # none | prior_year_final | prior_budget | prior_execution | initial_budget | full_year_budget | budget | whole
        "basis": pl.String,
        "reference_year": pl.Int32,
        "value": PRINTED,
        "decimals": pl.Int32,
        "unit": pl.String,
        "amount_yuan": PRINTED,
        "direction": pl.String,  # increase | decrease | equal | nearly_equal | greater | less
        "related_claim_no": pl.Int32,  # the claim of the same sentence it qualifies (growth of a change, share of an amount)
        "start": pl.Int32,  # offsets in SENTENCE.text
        "end": pl.Int32,
        "x0": pl.Float64,
        "top": pl.Float64,
        "x1": pl.Float64,
        "bottom": pl.Float64,
        "status": pl.String,  # typed | unparsed
        "paragraph_no": pl.Int32,
        "context_no": pl.Int32,  # through the document: claims with the same number speak of one subject in one place
        "parent_context_no": pl.Int32,  # the context it is a part of (其中, 包括, items under a total); null at the top
        "whole_context_no": pl.Int32,  # metric share: the context that holds the whole; null where not in the text
        "subject_year": pl.Int32,  # the year printed with the subject or the amount; null where none is printed
        "text": pl.String,  # the claim's own words: the number with its unit, the reason, one listed name, the date
        "is_in_reason": pl.Boolean,  # stands inside a reason or purpose, not in the statement itself
        "is_open_list": pl.Boolean,  # metric list: the list ends with 等
    }
)

#: File name (without .parquet) and schema of each frame of a document's facts.
FRAMES: dict[str, pl.Schema] = {
    "identity": IDENTITY,
    "statement": STATEMENT,
    "cell_label": CELL_LABEL,
    "amount": AMOUNT,
    "unmapped": UNMAPPED,
    "performance_project": PERFORMANCE_PROJECT,
    "performance_indicator": PERFORMANCE_INDICATOR,
    "claim": CLAIM,
}

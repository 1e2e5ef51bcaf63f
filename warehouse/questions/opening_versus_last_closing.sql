-- title: 年初结转与上年年末结转不符
-- explanation: 决算收支总表（T01）与财政拨款收支总表（T04）的年初结转和结余，对同一单位上年决算的年末结转和结余。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH carried AS (
    SELECT document.unit_id, document.unit_name, document.fiscal_year, document.scope, stated.statement_code, stated.line_code,
           stated.amount_yuan, stated.half_width_yuan, stated.cell_id
    FROM mart.stated_amount AS stated JOIN mart.document AS document USING (document_id)
    WHERE document.is_current AND document.doc_kind = 'final_accounts' AND stated.statement_code IN ('T01', 'T04')
      AND stated.line_code IN ('revenue.opening_carryover', 'expenditure.closing_carryover') AND stated.stage = 'final'
      AND stated.measure = 'total'
)
SELECT opening.unit_name, opening.fiscal_year, opening.statement_code, closing.amount_yuan AS last_closing_yuan,
       opening.amount_yuan AS opening_yuan, opening.amount_yuan - closing.amount_yuan AS difference_yuan,
       closing.cell_id AS closing_cell_id, opening.cell_id AS opening_cell_id
FROM carried AS opening
JOIN carried AS closing
  ON closing.unit_id = opening.unit_id AND closing.fiscal_year = opening.fiscal_year - 1 AND closing.scope = opening.scope
 AND closing.statement_code = opening.statement_code
WHERE opening.line_code = 'revenue.opening_carryover' AND closing.line_code = 'expenditure.closing_carryover'
  AND (judge_equal(opening.amount_yuan, opening.half_width_yuan, closing.amount_yuan, closing.half_width_yuan, 1)).verdict = 'violated'
  AND ($fiscal_year::INTEGER IS NULL OR opening.fiscal_year = $fiscal_year)
ORDER BY abs(difference_yuan) DESC, opening.unit_name, opening.fiscal_year, opening.statement_code

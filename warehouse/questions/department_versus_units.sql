-- title: 部门合计与所属单位之和不符
-- explanation: 部门口径的支出合计，对其本级与所属单位各自公开的支出合计之和。部门只有本级一家时两者应当相同；所属单位未全部公开时差额说明缺口。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH total AS (
    SELECT document.unit_id, document.unit_name, document.fiscal_year, document.doc_kind, document.scope,
           max(amount.amount_yuan) AS total_yuan, max(amount.half_width_yuan) AS half_width_yuan
    FROM mart.amount AS amount
    JOIN mart.document AS document USING (document_id)
    WHERE document.is_current AND amount.statement_code IN ('T03', 'BT03') AND amount.line_code = 'functional.total'
      AND amount.measure = 'total'
    GROUP BY ALL
), part AS (
    SELECT coalesce(unit.parent_unit_id, total.unit_id) AS department_id, total.fiscal_year, total.doc_kind, count(*) AS unit_count,
           sum(total.total_yuan) AS units_yuan, sum(total.half_width_yuan) AS half_width_yuan
    FROM total JOIN mart.dim_unit AS unit ON unit.unit_id = total.unit_id AND unit.is_current
    WHERE total.scope = 'unit'
    GROUP BY ALL
)
SELECT total.unit_name AS department_name, total.fiscal_year, total.doc_kind, total.total_yuan AS department_yuan, part.unit_count,
       part.units_yuan, total.total_yuan - part.units_yuan AS difference_yuan
FROM total
JOIN part ON part.department_id = total.unit_id AND part.fiscal_year = total.fiscal_year AND part.doc_kind = total.doc_kind
WHERE total.scope = 'department'
  AND (judge_sum(total.total_yuan, total.half_width_yuan, part.units_yuan, part.half_width_yuan, part.unit_count)).verdict = 'violated'
  AND ($fiscal_year::INTEGER IS NULL OR total.fiscal_year = $fiscal_year)
ORDER BY abs(difference_yuan) DESC, department_name

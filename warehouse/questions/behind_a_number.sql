-- title: 一个数背后的单元格、页码与位置
-- explanation: 给出金额（元）或金额编号，列出印出它的每个单元格：文件、网址、页、框（点，左上角为原点）与原文。
-- parameter: amount_yuan VARCHAR = NULL 金额（元），如 326710000
-- parameter: amount_id VARCHAR = NULL 金额编号或单元格编号
SELECT amount.unit_name, amount.fiscal_year, amount.doc_kind, amount.statement_code, amount.line_code, amount.measure,
       coalesce(amount.functional_code, amount.economic_code) AS code, cell.raw_text, cell.unit, amount.amount_yuan, cell.page,
       cell.x0, cell.top, cell.x1, cell.bottom, document.file_name, document.source_url, cell.cell_id
FROM mart.amount AS amount
JOIN mart.cell AS cell USING (cell_id)
JOIN mart.document AS document ON document.document_id = amount.document_id
WHERE amount.amount_yuan = $amount_yuan::DECIMAL(24, 6) OR amount.amount_id = $amount_id OR amount.cell_id = $amount_id
ORDER BY document.is_current DESC, cell.cell_id
LIMIT 200

-- title: 更正版改了什么
-- explanation: 同一公开事项前后两个版本之间，哪些数由多少改为多少，附新旧单元格。
-- parameter: unit_name VARCHAR = NULL 只看某一单位
SELECT unit_name, fiscal_year, doc_kind, statement_code, coalesce(line.name, line_code) AS line_name, measure,
       coalesce(functional_code, economic_code, item) AS code, change, old_value, new_value, old_cell_id, new_cell_id,
       old_document_id, new_document_id
FROM mart.version_change LEFT JOIN mart.dim_line AS line USING (line_code)
WHERE $unit_name::VARCHAR IS NULL OR unit_name = $unit_name
ORDER BY unit_name, fiscal_year, doc_kind, statement_code, coalesce(new_cell_id, old_cell_id), measure

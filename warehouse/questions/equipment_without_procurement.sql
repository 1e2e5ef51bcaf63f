-- title: 有大额设备购置而无政府采购
-- explanation: 资本性支出中的设备购置（30902、30903、31002、31003）达到限额，但政府采购为零或未见政府采购数。
-- parameter: threshold_yuan BIGINT = 500000 限额（元）
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH bought AS (
    SELECT disclosure_id, sum(total_yuan) AS equipment_yuan, list(cell_id ORDER BY cell_id) AS cell_ids
    FROM mart.leaf_economic JOIN mart.document USING (document_id)
    WHERE economic_code IN ('30902', '30903', '31002', '31003') GROUP BY disclosure_id
), procured AS (
    SELECT disclosure_id, max(amount_yuan) AS procurement_yuan FROM (
        SELECT document_id, amount_yuan FROM mart.amount WHERE line_code LIKE 'procurement.%'
        UNION ALL
        SELECT document_id, amount_yuan FROM mart.claim WHERE subject_kind = 'procurement' AND metric = 'amount'
    ) JOIN mart.document USING (document_id) GROUP BY disclosure_id
)
SELECT document.unit_name, document.fiscal_year, document.doc_kind, bought.equipment_yuan,
       procured.procurement_yuan, bought.cell_ids
FROM bought JOIN mart.document AS document ON document.document_id = bought.disclosure_id
LEFT JOIN procured ON procured.disclosure_id = bought.disclosure_id
WHERE document.is_current AND bought.equipment_yuan >= $threshold_yuan::BIGINT AND coalesce(procured.procurement_yuan, 0) = 0
  AND ($fiscal_year::INTEGER IS NULL OR document.fiscal_year = $fiscal_year)
ORDER BY bought.equipment_yuan DESC, document.unit_name

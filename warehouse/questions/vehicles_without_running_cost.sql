-- title: 有车无运维费
-- explanation: 车辆保有量大于零，但“三公”表中公务用车运行维护费为零（只看印出了该行的文件）。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH held AS (
    SELECT document.disclosure_id, max(counted) AS vehicle_count, arg_max(evidence_id, counted) AS evidence_id
    FROM mart.fact_count JOIN mart.document AS document USING (document_id)
    WHERE line_code = 'vehicles.total' AND document.is_current GROUP BY document.disclosure_id
), spent AS (
    SELECT disclosure_id, max(amount_yuan) AS vehicle_operation_yuan, min(cell_id) AS cell_id
    FROM mart.amount AS amount JOIN mart.document AS document USING (document_id)
    WHERE statement_code IN ('T07', 'BT09') AND line_code = 'three_public.vehicle_operation'
      AND stage = CASE amount.doc_kind WHEN 'budget' THEN 'budget' ELSE 'final' END
    GROUP BY disclosure_id
)
SELECT document.unit_name, document.fiscal_year, document.doc_kind, document.scope, held.vehicle_count,
       spent.vehicle_operation_yuan, held.evidence_id, spent.cell_id
FROM held
JOIN mart.document AS document ON document.document_id = held.disclosure_id
JOIN spent ON spent.disclosure_id = held.disclosure_id
WHERE held.vehicle_count > 0 AND spent.vehicle_operation_yuan = 0
  AND ($fiscal_year::INTEGER IS NULL OR document.fiscal_year = $fiscal_year)
ORDER BY held.vehicle_count DESC, document.unit_name, document.fiscal_year

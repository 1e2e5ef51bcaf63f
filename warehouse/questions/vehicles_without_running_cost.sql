-- title: 有车无运维费
-- explanation: 车辆保有量大于零，但“三公”表中公务用车运行维护费为零（只看印出了该行的文件）。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH held AS (
    SELECT document_id, max(counted) AS vehicle_count, arg_max(evidence_id, counted) AS evidence_id
    FROM mart.fact_count WHERE line_code = 'vehicles.total' AND is_current GROUP BY document_id
), spent AS (
    SELECT document_id, max(amount_yuan) AS vehicle_operation_yuan, min(cell_id) AS cell_id
    FROM mart.amount
    WHERE statement_code IN ('T07', 'BT09') AND line_code = 'three_public.vehicle_operation'
      AND stage = CASE doc_kind WHEN 'budget' THEN 'budget' ELSE 'final' END
    GROUP BY document_id
)
SELECT document.unit_name, document.fiscal_year, document.doc_kind, document.scope, held.vehicle_count,
       spent.vehicle_operation_yuan, held.evidence_id, spent.cell_id
FROM held
JOIN mart.document AS document USING (document_id)
JOIN spent USING (document_id)
WHERE held.vehicle_count > 0 AND spent.vehicle_operation_yuan = 0
  AND ($fiscal_year::INTEGER IS NULL OR document.fiscal_year = $fiscal_year)
ORDER BY held.vehicle_count DESC, document.unit_name, document.fiscal_year

-- title: 人均机关运行经费在同类单位中的排名
-- explanation: 机关运行经费（表格，缺表时取文字说明）除以在职人数（缺时取编制数），在同年同性质单位中排名。
-- parameter: fiscal_year INTEGER = NULL 只看某一年度
WITH cost AS (
    SELECT disclosure_id, coalesce(
               max(amount_yuan) FILTER (line_code = 'agency_operating_cost.total'),
               sum(amount_yuan) FILTER (line_code IN ('agency_operating_cost.administrative', 'agency_operating_cost.civil_service_managed'))
           ) AS cost_yuan
    FROM mart.amount JOIN mart.document USING (document_id)
    WHERE line_code LIKE 'agency_operating_cost.%' AND stage IN ('final', 'budget') GROUP BY disclosure_id
), stated AS (
    SELECT disclosure_id, max(amount_yuan) AS cost_yuan FROM mart.claim JOIN mart.document USING (document_id)
    WHERE subject_kind = 'agency_operating_cost' AND metric = 'amount' AND basis = 'none' GROUP BY disclosure_id
), head AS (
    SELECT disclosure_id, coalesce(max(counted) FILTER (line_code = 'organisation.staff'),
                                 max(counted) FILTER (line_code = 'organisation.posts')) AS heads
    FROM mart.fact_count JOIN mart.document USING (document_id)
    WHERE line_code IN ('organisation.staff', 'organisation.posts') GROUP BY disclosure_id
), each_unit AS (
    SELECT unit.nature, document.unit_name, document.fiscal_year, document.doc_kind, document.scope,
           coalesce(cost.cost_yuan, stated.cost_yuan) AS cost_yuan, head.heads,
           percentage_of(coalesce(cost.cost_yuan, stated.cost_yuan), head.heads * 100)::DECIMAL(24, 2) AS cost_per_head_yuan
    FROM mart.document AS document
    JOIN mart.dim_unit AS unit ON unit.unit_id = document.unit_id AND unit.is_current
    JOIN head USING (disclosure_id)
    LEFT JOIN cost USING (disclosure_id)
    LEFT JOIN stated USING (disclosure_id)
    WHERE document.is_current AND document.document_id = document.disclosure_id AND head.heads > 0 AND coalesce(cost.cost_yuan, stated.cost_yuan) > 0
      AND ($fiscal_year::INTEGER IS NULL OR document.fiscal_year = $fiscal_year)
)
SELECT *, rank() OVER (PARTITION BY nature, fiscal_year, doc_kind ORDER BY cost_per_head_yuan DESC) AS rank_in_peers,
       count(*) OVER (PARTITION BY nature, fiscal_year, doc_kind) AS peer_count
FROM each_unit
ORDER BY fiscal_year DESC, doc_kind, nature, rank_in_peers, unit_name

-- id: YOY-EQUIP
-- title: 大型设备数跳变
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: final_accounts
-- needs: narrative
-- version: 1
-- formula: |equip(y)−equip(y−1)|≥3 ∧ 无大额采购
-- sentence: 单价一百万元以上设备比上年增加三台以上的，政府采购或资本性支出中有相应的购置。
SELECT a.document_id, '' AS subject, (a.value - b.value >= 3 AND coalesce(p.value, 0) < (a.value - b.value) * 1000000)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [a.evidence_id, b.evidence_id] AS evidence
FROM counted a JOIN prior_document USING (document_id)
JOIN counted b ON b.document_id = prior_id AND b.line_code = a.line_code
JOIN (SELECT document_id, max(value) AS value FROM (
          SELECT document_id, value FROM figure WHERE line_code = 'procurement.total' OR (sheet = 'T06' AND economic_code = '310')
          UNION ALL SELECT document_id, value FROM said WHERE line_code = 'procurement.total' AND metric = 'amount' AND is_money)
      GROUP BY document_id) p ON p.document_id = a.document_id
WHERE a.line_code = 'equipment.over_one_million'

-- id: SG-COUNT-ZERO
-- title: 有金额无批次人次(或相反)
-- family: SGP
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T07 narrative
-- version: 1
-- formula: recept>0 ⇔ 批次>0 ∧ 人次>0；abroad>0 ⇔ 团组>0 ∧ 人次>0
-- sentence: 有接待费的有接待批次和人次，有出国费的有团组和人次，反之亦然。
SELECT f.document_id, f.line_code || ' ' || s.unit AS subject, (f.value > 0)::INTEGER AS actual, 0 AS actual_half_width,
       (max(s.value) > 0)::INTEGER AS expected, 0 AS expected_half_width, 1 AS part_count,
       [f.cell_id, min(s.claim_id)] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.line_code = f.line_code AND s.metric = 'count'
    AND s.unit IN ('批次', '人次', '团组', '个', '人') AND NOT s.is_in_reason
WHERE f.sheet = 'T07' AND f.stage = 'current' AND f.line_code IN ('three_public.hospitality', 'three_public.overseas_visits')
  AND f.instances = 1
GROUP BY f.document_id, f.line_code, f.value, f.cell_id, s.unit

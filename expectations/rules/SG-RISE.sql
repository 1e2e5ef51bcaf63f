-- id: SG-RISE
-- title: 三公或接待费逆势增长
-- family: SGP
-- severity: notice
-- basis: B143
-- kind: exact
-- doc_kind: final_accounts
-- needs: T07
-- version: 1
-- formula: act(y)>act(y−1)·1.2 ∧ 增额>1 万元
-- sentence: “三公”经费比上年增加不超过两成，或增加额不超过一万元。
SELECT f.document_id, f.line_code AS subject, (f.value > g.value * 12 / 10 AND f.value - g.value > 10000)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [f.cell_id, g.cell_id] AS evidence
FROM figure f JOIN prior_document USING (document_id)
JOIN figure g ON g.document_id = prior_id AND g.sheet = 'T07' AND g.line_code = f.line_code AND g.stage = 'current' AND g.fund = f.fund
    AND g.instances = 1 AND g.item = ''
WHERE f.sheet = 'T07' AND f.line_code IN ('three_public.total', 'three_public.hospitality') AND f.stage = 'current' AND f.instances = 1
  AND f.item = '' AND f.is_money

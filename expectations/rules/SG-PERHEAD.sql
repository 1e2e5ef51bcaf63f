-- id: SG-PERHEAD
-- title: 人均接待费离群
-- family: SGP
-- severity: notice
-- basis: B接待
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T07 narrative
-- version: 1
-- formula: recept·10^4/人次 >300 元 或 <10 元 或 peer robust z>3.5
-- sentence: 人均接待费不超过 300 元。
SELECT f.document_id, '' AS subject, f.value AS actual, f.half_width AS actual_half_width, max(s.value) * 300 AS expected,
       0 AS expected_half_width, 1 AS part_count, [f.cell_id, min(s.claim_id)] AS evidence
FROM figure f JOIN said s ON s.document_id = f.document_id AND s.line_code = f.line_code AND s.metric = 'count' AND s.unit = '人次'
WHERE f.sheet = 'T07' AND f.stage = 'current' AND f.line_code = 'three_public.hospitality' AND s.value > 0 AND f.value > 0
  AND f.instances = 1
GROUP BY f.document_id, f.cell_id, f.value, f.half_width

-- id: N-PERS
-- title: 人员经费说明=表06
-- family: NAR
-- severity: error
-- basis: B75;B143
-- kind: equal
-- doc_kind: any
-- needs: T06|BT08 narrative
-- version: 1
-- formula: NR.人员 = T06.personnel
-- sentence: 情况说明中的人员经费等于基本支出经济分类表的人员经费合计。
FROM stated_equals_printed(['T06', 'BT18'], ['economic.personnel_total'])
UNION ALL BY NAME
-- the table prints the classes only
SELECT s.document_id, s.line_code AS subject, any_value(s.value) AS actual, any_value(s.half_width) AS actual_half_width,
       sum(f.value) AS expected, sum(f.half_width) AS expected_half_width, count(*) AS part_count,
       list_prepend(s.claim_id, list(f.cell_id ORDER BY f.cell_id)) AS evidence
FROM said s JOIN figure f ON f.document_id = s.document_id AND f.sheet = 'T06' AND f.line_code = 'economic.class'
    AND f.measure = 'total' AND f.stage = 'current' AND f.instances = 1 AND f.code IN ('301', '303')
WHERE s.metric = 'amount' AND s.basis = 'none' AND s.is_money AND NOT s.is_in_reason AND s.sheet = 'T06'
  AND s.line_code = 'economic.personnel_total' AND s.claim_id NOT IN (SELECT claim_id FROM said_figure)
GROUP BY s.document_id, s.claim_id, s.line_code HAVING count(*) = count(DISTINCT f.code)

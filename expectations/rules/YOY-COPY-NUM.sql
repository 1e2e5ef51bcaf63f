-- id: YOY-COPY-NUM
-- title: 数字照抄上年
-- family: YOY
-- severity: warning
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: T05|BT05
-- version: 2
-- formula: ≥5 个非零项级金额逐码完全相同(两位小数)
-- sentence: 各科目金额不与上年逐项相同。
SELECT a.document_id, '' AS subject, (count(*) FILTER (x.value = y.value) >= 5 AND count(*) FILTER (x.value = y.value) * 2 > count(*))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       list(x.cell_id ORDER BY x.cell_id) FILTER (x.value = y.value)[1:10] AS evidence
FROM prior_document a
JOIN figure x ON x.document_id = a.document_id AND x.sheet = 'T05' AND length(x.functional_code) = 7 AND x.measure = 'total'
    AND x.stage = 'current' AND x.value <> 0 AND x.instances = 1
JOIN figure y ON y.document_id = a.prior_id AND y.sheet = 'T05' AND y.functional_code = x.functional_code AND y.measure = 'total'
    AND y.stage = 'current' AND y.instances = 1
GROUP BY a.document_id HAVING count(*) >= 5

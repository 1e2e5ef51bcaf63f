-- id: YOY-UNIT-CHANGE
-- title: 所属单位名单变化未说明
-- family: YOY
-- severity: notice
-- basis: B75
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: set(units,y)≠set(units,y−1) ∧ 文无“划转/新增/撤销”
-- sentence: 所属单位数与上年不同的，说明了划转、新增或撤销。
SELECT a.document_id, '' AS subject, (a.value <> b.value AND NOT e.is_explained)::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [a.evidence_id, b.evidence_id] AS evidence
FROM counted a JOIN prior_document USING (document_id)
JOIN counted b ON b.document_id = prior_id AND b.line_code = a.line_code AND b.unit = a.unit
JOIN (SELECT document_id, bool_or(regexp_matches(text, '划转|划入|划出|转隶|新增单位|新成立|撤销|合并|改革|更名|整合|组建')) AS is_explained
      FROM disclosed_sentence GROUP BY document_id) e ON e.document_id = a.document_id
WHERE a.line_code = 'organisation.units'

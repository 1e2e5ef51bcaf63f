-- id: DOC-EMPTY-STATEMENT
-- title: 空表须列示并说明
-- family: DOC
-- severity: warning
-- basis: B143(空表列示并说明)
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 1
-- formula: table.all_blank ⇒ note matches /本表无数据|无…收支|为空表|此表为空/
-- sentence: 没有数据的表列示空表并加以说明。
SELECT s.document_id, s.statement_code AS subject,
       (bool_and(s.status = 'empty') AND NOT bool_or(coalesce(n.says_none, false)))::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [any_value(s.statement_id)] AS evidence
FROM disclosed_statement s JOIN document_in_force d USING (document_id)
LEFT JOIN (
    SELECT document_id, kind, true AS says_none FROM (
        SELECT document_id, unnest(['政府性基金', '国有资本经营', '三公']) AS kind, text FROM disclosed_sentence)
    WHERE contains(text, kind) AND regexp_matches(text, '无|没有|未安排|不涉及|未发生|为0|0万元|零')
    GROUP BY ALL
) n ON n.document_id = s.document_id AND n.kind = CASE WHEN s.statement_code IN ('T08', 'BT06') THEN '政府性基金'
                                                     WHEN s.statement_code IN ('T09', 'BT07') THEN '国有资本经营' ELSE '三公' END
WHERE s.statement_code IN ('T07', 'T08', 'T09', 'BT06', 'BT07', 'BT09') AND s.status IN ('empty', 'empty_declared')
  AND d.content = 'full'
GROUP BY s.document_id, s.statement_code

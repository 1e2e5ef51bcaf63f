-- id: DOC-TABLES-TOC
-- title: 目录列出的表正文缺失
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 2
-- formula: set(TOC.tables) − set(body.tables) = ∅
-- sentence: 目录列出的表在正文中都有。
SELECT s.document_id, s.statement_code AS subject, bool_and(s.status = 'announced_only')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [any_value(s.statement_id)] AS evidence
FROM disclosed_statement s JOIN document_in_force d USING (document_id)
WHERE s.statement_code IS NOT NULL AND d.content IN ('full', 'tables')
GROUP BY s.document_id, s.statement_code
HAVING s.document_id NOT IN (FROM unread_table)

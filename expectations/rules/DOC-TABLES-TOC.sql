-- id: DOC-TABLES-TOC
-- title: 目录列出的表正文缺失
-- family: DOC
-- severity: warning
-- basis: B143
-- kind: exact
-- doc_kind: any
-- needs: narrative
-- version: 3
-- formula: set(TOC.tables) − set(body.tables) = ∅
-- sentence: 目录列出的表在正文中都有。
SELECT s.document_id, s.statement_code AS subject, bool_and(s.status = 'announced_only')::INTEGER AS actual, 0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count,
       [any_value(s.statement_id)] AS evidence
FROM disclosed_statement s JOIN document_in_force d USING (document_id)
WHERE s.statement_code IS NOT NULL AND d.content IN ('full', 'tables')
  -- a table under that title is there, only not understood
  AND NOT (s.status = 'announced_only' AND EXISTS (
      SELECT 1 FROM disclosed_statement u WHERE u.document_id = s.document_id AND u.status = 'unrecognised' AND u.title = s.title))
GROUP BY s.document_id, s.statement_code
HAVING s.document_id NOT IN (FROM unread_table)

-- id: DOC-TABLES
-- title: 规定表格齐全
-- family: DOC
-- severity: error
-- basis: B143;BIR6
-- kind: exact
-- doc_kind: any
-- needs: T01|BT01
-- version: 4
-- formula: ∀k∈mandatory(template_profile): table k recognised ∧ has header row
-- sentence: 规定的表格齐全（含声明为空的表）。
WITH required AS (
    SELECT unnest(['T01', 'T02', 'T03', 'T04', 'T05', 'T06', 'T07', 'T08']) AS statement_code, 'final_accounts' AS doc_kind, NULL AS since
    UNION ALL
    SELECT 'T09', 'final_accounts', 2020  -- the eight statements of 财预〔2016〕143号 did not have it
    UNION ALL
    SELECT unnest(['BT01', 'BT02', 'BT03', 'BT04', 'BT05', 'BT06', 'BT08', 'BT09']), 'budget', NULL
), stand_in AS (
    SELECT document_id, CASE WHEN statement_code IN ('BT10', 'BT18', 'BT19', 'BT24', 'BT25') THEN 'BT08' WHEN statement_code = 'BT15' THEN 'BT05'
                             ELSE statement_code END AS statement_code
    FROM disclosed_statement WHERE statement_code IS NOT NULL AND status <> 'announced_only'
    UNION ALL  -- some places print the three-public lines inside another statement (机构运行信息表)
    SELECT document_id, unnest(['T07', 'BT09']) FROM figure WHERE line_code = 'three_public.total'
), in_question AS (
    SELECT d.document_id, d.doc_kind, d.fiscal_year FROM document_in_force d JOIN stand_in s USING (document_id)
    WHERE d.content IN ('full', 'tables')
    GROUP BY d.document_id, d.doc_kind, d.fiscal_year HAVING count(DISTINCT s.statement_code) > 3
)
SELECT q.document_id, r.statement_code AS subject,
       (NOT EXISTS (SELECT 1 FROM stand_in s WHERE s.document_id = q.document_id AND s.statement_code = r.statement_code))::INTEGER AS actual,
       0 AS actual_half_width, 0 AS expected, 0 AS expected_half_width, 1 AS part_count, [q.document_id] AS evidence,
       CASE WHEN u.document_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM stand_in s WHERE s.document_id = q.document_id AND s.statement_code = r.statement_code)
            THEN 'not_recognised' END AS reason
FROM in_question q JOIN required r ON r.doc_kind = q.doc_kind AND (r.since IS NULL OR r.since <= q.fiscal_year)
LEFT JOIN unread_table u USING (document_id)

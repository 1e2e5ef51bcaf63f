-- One outcome for each document in reach of a rule that said nothing about it, with the reason read off what the rule needs.
INSERT INTO judged BY NAME
WITH silent AS (
    SELECT rule_id, document_id, closed_reason
    FROM in_reach SEMI JOIN asked_rule USING (rule_id)
    ANTI JOIN (SELECT DISTINCT rule_id, document_id FROM judged) USING (rule_id, document_id)
), need AS (
    SELECT rule_id, generate_subscripts(needs, 1) AS need_no, unnest(needs) AS alternatives FROM asked_rule
), alternative AS (
    SELECT rule_id, need_no, unnest(alternatives) AS statement_code FROM need WHERE alternatives <> ['narrative']
), standing AS (
    SELECT s.rule_id, s.document_id, a.need_no, min(coalesce(st.standing, 6)) AS standing
    FROM silent s JOIN alternative a USING (rule_id)
    LEFT JOIN statement_standing st ON st.document_id = s.document_id AND st.statement_code = a.statement_code
    GROUP BY ALL
), worst AS (
    SELECT rule_id, document_id, max(standing) AS standing FROM standing GROUP BY ALL
), unrecognised AS (
    SELECT DISTINCT document_id, true AS has_unrecognised FROM disclosed_statement WHERE status = 'unrecognised'
)
SELECT left(md5(concat_ws('|', s.rule_id, s.document_id, '')), 16) AS outcome_id, s.rule_id, s.document_id,
       '' AS subject, 'not_evaluated' AS verdict,
       CASE WHEN s.closed_reason IS NOT NULL THEN s.closed_reason
            WHEN w.standing IN (2, 3) THEN 'declared_empty'
            WHEN w.standing >= 4 AND u.has_unrecognised THEN 'not_recognised'
            WHEN w.standing >= 4 THEN 'table_absent'
            ELSE 'input_not_found' END AS reason
FROM silent s LEFT JOIN worst w USING (rule_id, document_id) LEFT JOIN unrecognised u USING (document_id);

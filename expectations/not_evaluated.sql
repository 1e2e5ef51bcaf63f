-- One outcome for each document that a rule said nothing about, with the reason read off what the rule needs.
INSERT INTO judged BY NAME
WITH silent AS (
    SELECT document_id, doc_kind, closed_reason FROM asked_document d
    WHERE coalesce(d.doc_kind, $doc_kind) IN ($doc_kind, CASE WHEN $doc_kind = 'any' THEN d.doc_kind END)
      AND coalesce(d.fiscal_year, $first) BETWEEN $first AND $last
      AND (len($places) = 0 OR list_contains($places, d.place))
      AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.rule_id = $rule AND j.document_id = d.document_id)
), need AS (
    SELECT unnest(range(1, len($needs) + 1)) AS need_no, unnest($needs) AS alternatives
), standing AS (
    SELECT s.document_id, n.need_no, min(coalesce(st.standing, 6)) AS standing
    FROM silent s CROSS JOIN need n LEFT JOIN statement_standing st
        ON st.document_id = s.document_id AND list_contains(n.alternatives, st.statement_code)
    WHERE n.alternatives <> ['narrative']
    GROUP BY ALL
), worst AS (
    SELECT document_id, max(standing) AS standing FROM standing GROUP BY document_id
)
SELECT left(md5(concat_ws('|', $rule, document_id, '')), 16) AS outcome_id, $rule AS rule_id, document_id,
       '' AS subject, 'not_evaluated' AS verdict,
       CASE WHEN closed_reason IS NOT NULL THEN closed_reason
            WHEN w.standing IN (2, 3) THEN 'declared_empty'
            WHEN w.standing >= 4 AND EXISTS (
                SELECT 1 FROM core.statement u WHERE u.document_id = s.document_id AND u.status = 'unrecognised')
            THEN 'not_recognised'
            WHEN w.standing >= 4 THEN 'table_absent'
            ELSE 'input_not_found' END AS reason
FROM silent s LEFT JOIN worst w USING (document_id)

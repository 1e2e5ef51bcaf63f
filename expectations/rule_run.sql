-- How every rule ran: verdict counts, and whether it looks suspicious (violated or silent in too many documents).
INSERT INTO core.rule_run
WITH by_document AS (
    SELECT o.rule_id, o.document_id, bool_or(verdict = 'violated') AS is_violated,
           bool_and(verdict = 'not_evaluated') AS is_silent
    FROM core.outcome o JOIN asked_document d USING (document_id) WHERE d.closed_reason IS NULL GROUP BY ALL
), share AS (
    SELECT rule_id, count(*) AS documents, count(*) FILTER (is_violated) AS violated,
           count(*) FILTER (is_silent) AS silent
    FROM by_document GROUP BY ALL
), verdicts AS (
    SELECT rule_id, count(*) FILTER (verdict = 'exact') AS exact,
           count(*) FILTER (verdict = 'rounded') AS rounded, count(*) FILTER (verdict = 'violated') AS violated,
           count(*) FILTER (verdict = 'needs_review') AS needs_review,
           count(*) FILTER (verdict = 'not_evaluated') AS not_evaluated
    FROM core.outcome GROUP BY ALL
)
SELECT r.rule_id, CASE WHEN f.rule_id IS NULL THEN 'evaluated' ELSE 'failed' END, f.message,
       coalesce(s.documents, 0), coalesce(v.exact, 0), coalesce(v.rounded, 0), coalesce(v.violated, 0),
       coalesce(v.needs_review, 0), coalesce(v.not_evaluated, 0),
       coalesce(greatest(s.violated, s.silent) > $share * s.documents, false)
FROM core.rule r LEFT JOIN share s USING (rule_id) LEFT JOIN verdicts v USING (rule_id)
LEFT JOIN (SELECT unnest($failed) AS rule_id, unnest($messages) AS message) f USING (rule_id)
ORDER BY r.rule_id

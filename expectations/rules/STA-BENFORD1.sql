-- id: STA-BENFORD1
-- title: 首位数字分布异常
-- family: STA
-- severity: notice
-- basis: B75
-- kind: at_most
-- doc_kind: final_accounts
-- needs: T03
-- version: 1
-- formula: MAD1=mean|f−log10(1+1/d)| ≤ 0.015，n≥300（Nigrini 2012）
-- sentence: 一个单位历年决算的首位数字分布与本福特定律相近（不少于三百个互相独立的金额，合并检验）。
WITH digit AS (
    SELECT b.unit_id, l.document_id, l.cell_id, left(ltrim(replace(l.value::VARCHAR, '.', ''), '0'), 1)::INTEGER AS digit
    FROM leaf_amount l JOIN body b USING (document_id)
    WHERE b.doc_kind = 'final_accounts' AND b.scope = 'unit' 
), pooled AS (
    -- one body's accounts of all years together: a single document has too few independent amounts
    SELECT unit_id, digit, count(*) AS times FROM digit GROUP BY ALL
), tested AS (
    SELECT unit_id, sum(times) AS n, avg(abs(times::DOUBLE / n - log10(1 + 1.0 / digit))) AS statistic
    FROM (SELECT unit_id, d.digit, coalesce(p.times, 0) AS times, sum(coalesce(p.times, 0)) OVER (PARTITION BY unit_id) AS n
          FROM (SELECT DISTINCT unit_id FROM pooled) CROSS JOIN (SELECT unnest(range(1, 10)) AS digit) d LEFT JOIN pooled p USING (unit_id, digit))
    GROUP BY unit_id HAVING sum(times) >= 300
)
-- told once, in the latest of the documents that were pooled
SELECT max_by(b.document_id, (b.fiscal_year, b.document_id)) AS document_id, '' AS subject, any_value(t.statistic)::DECIMAL(32, 6) AS actual,
       0 AS actual_half_width, 0.015 AS expected, 0 AS expected_half_width, any_value(t.n)::INTEGER AS part_count,
       [max_by(b.cell_id, (b.fiscal_year, b.document_id))] AS evidence
FROM tested t JOIN (SELECT d.unit_id, d.document_id, b.fiscal_year, min(d.cell_id) AS cell_id FROM digit d JOIN body b USING (document_id)
                    GROUP BY ALL) b USING (unit_id)
GROUP BY t.unit_id

-- Tables of one judging run (temporary, on the writing connection).

-- What rules return; columns a rule does not name stay null.
CREATE OR REPLACE TEMP TABLE rule_row (
    rule_id VARCHAR, document_id VARCHAR, subject VARCHAR,
    actual DECIMAL(38, 6), actual_half_width DECIMAL(38, 6),
    expected DECIMAL(38, 6), expected_half_width DECIMAL(38, 6), part_count INTEGER,
    part DECIMAL(32, 6), part_half_width DECIMAL(32, 6),      -- percentage: numerator; growth: current amount
    whole DECIMAL(32, 6), whole_half_width DECIMAL(32, 6),    -- percentage: denominator; growth: signed change, or prior
    decimals INTEGER,                                         -- score: as printed
    direction VARCHAR,                                        -- direction: increase | decrease | equal | nearly_equal | ...
    evidence VARCHAR[], reason VARCHAR, note VARCHAR,
    signs INTEGER[]                                           -- sum: how each piece of evidence counts; null: a total and its parts
);

CREATE OR REPLACE TEMP TABLE judged (
    outcome_id VARCHAR, rule_id VARCHAR, kind VARCHAR, document_id VARCHAR, subject VARCHAR,
    verdict VARCHAR, actual DECIMAL(38, 6), actual_half_width DECIMAL(38, 6), expected DECIMAL(38, 6),
    expected_half_width DECIMAL(38, 6), residual DECIMAL(38, 6), tolerance DECIMAL(38, 6), part_count INTEGER,
    reason VARCHAR, note VARCHAR, evidence VARCHAR[], signs INTEGER[],
    is_fall BOOLEAN, is_fall_in_change BOOLEAN                -- growth: the signs of the percentage and of the change
);

-- The documents that each rule is asked about: of its kind, years and places. It is in force for those that may answer.
CREATE OR REPLACE TEMP TABLE in_reach AS
SELECT r.rule_id, d.document_id, d.closed_reason
FROM asked_rule r JOIN asked_document d
    ON (r.doc_kind = 'any' OR coalesce(d.doc_kind, r.doc_kind) = r.doc_kind)
    AND coalesce(d.fiscal_year, r.first_year) BETWEEN r.first_year AND r.last_year
    AND (r.places = [''] OR list_contains(r.places, d.place));
CREATE OR REPLACE TEMP VIEW in_force AS SELECT rule_id, document_id FROM in_reach WHERE closed_reason IS NULL;

-- How each statement code stands in each document, best reading first.
CREATE OR REPLACE TEMP TABLE statement_standing AS
SELECT document_id, statement_code, min(CASE status WHEN 'filled' THEN 1 WHEN 'empty_declared' THEN 2 WHEN 'empty' THEN 3
                                                    WHEN 'announced_only' THEN 4 ELSE 5 END) AS standing
FROM disclosed_statement WHERE statement_code IS NOT NULL GROUP BY ALL;

-- Statements with a printed amount, not zero, that nobody understood: a sum that fails there proves nothing. Codes, line and
-- column numbers and change columns are no amounts of the statement; 其中 rows are part of a row above and of no sum.
-- Amounts under no heading at all say more: the heading was not read whole, and what was read of it may mean something else.
-- What a spreadsheet printed instead of a number (####, #REF!) is one that nobody can read.
CREATE OR REPLACE TEMP TABLE statement_in_doubt AS
SELECT statement_id, coalesce(bool_or(unmapped_reason = 'column_without_heading'), false) AS is_heading_in_doubt FROM core.cell
WHERE statement_id IS NOT NULL AND NOT is_header
  AND ((state = 'unreadable' AND NOT regexp_matches(raw_text, '[一-龥]')) OR (
       value <> 0
       AND unmapped_reason IN ('column_not_in_vocabulary', 'column_without_heading', 'row_not_in_vocabulary', 'row_without_label',
                               'number_not_understood')
       AND NOT (unmapped_reason = 'row_not_in_vocabulary' AND regexp_matches(coalesce(row_label, ''), '^[^一-龥]*其中'))))
GROUP BY statement_id;

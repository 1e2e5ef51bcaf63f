-- What rules read of the narrative: typed claims of documents in force, what is said together of one subject (a context),
-- and the printed figure each stated amount speaks of. Temporary tables of the judging connection.

CREATE OR REPLACE TEMP TABLE said AS
SELECT c.claim_id, c.sentence_id, c.document_id, d.doc_kind, d.fiscal_year, sheet_of(c.statement_code) AS sheet,
       coalesce(c.line_code, '') AS line_code, coalesce(c.measure, '') AS measure, c.fund, c.subject_kind, c.subject_text,
       coalesce(c.functional_code, '') AS functional_code, c.functional_path, coalesce(c.economic_code, '') AS economic_code,
       c.metric, c.reference_year, c.subject_year,
       -- 比2019年减少 beside 比上年增加: an earlier year than the last is a basis of its own
       CASE WHEN c.basis LIKE 'prior_%' AND c.reference_year < d.fiscal_year - 1 THEN c.basis || ' ' || c.reference_year
            ELSE c.basis END AS basis,
       c.value AS printed_value, c.decimals, c.unit,
       coalesce(c.amount_yuan, c.value) AS value, c.amount_yuan IS NOT NULL AS is_money,
       coalesce(CASE WHEN c.amount_yuan IS NOT NULL THEN c.half_width_yuan ELSE c.half_width END, 0) AS half_width,
       c.direction, c.context_no, c.parent_context_no, c.whole_context_no, c.related_claim_id, c.paragraph_no, c.page,
       c.text, c.section, coalesce(c.is_in_reason, false) AS is_in_reason, coalesce(c.is_open_list, false) AS is_open_list,
       n.text AS sentence
FROM disclosed_claim c JOIN document_in_force d USING (document_id) LEFT JOIN core.sentence n USING (sentence_id)
WHERE c.status = 'typed'
-- a number about two subjects at once (收、支总计各增加) is one printed number: judged once, for the first of them
QUALIFY row_number() OVER (PARTITION BY c.sentence_id, coalesce(c."start"::VARCHAR, c.claim_id), c."end", c.metric ORDER BY c.claim_id) = 1;

-- The amount of each basis in a context; two different amounts of one basis leave it unsaid which is meant.
CREATE OR REPLACE TEMP TABLE context_amount AS
SELECT document_id, context_no, basis, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id,
       any_value(subject_kind) AS subject_kind, any_value(line_code) AS line_code, any_value(sheet) AS sheet,
       any_value(functional_code) AS functional_code, any_value(parent_context_no) AS parent_context_no, any_value(measure) AS measure
FROM said WHERE metric = 'amount' AND is_money AND NOT is_in_reason AND context_no IS NOT NULL
GROUP BY document_id, context_no, basis HAVING min(value) = max(value);

-- The change of each basis in a context. What is said beside the amount speaks for it: later sentences of a context go on to
-- changes of its parts.
CREATE OR REPLACE TEMP TABLE context_change AS
WITH moved AS (
    SELECT s.*, s.sentence_id = m.sentence_id AS is_beside
    FROM said s LEFT JOIN context_amount a ON a.document_id = s.document_id AND a.context_no = s.context_no AND a.basis = 'none'
    LEFT JOIN said m ON m.claim_id = a.claim_id
    WHERE s.metric = 'change' AND s.is_money AND NOT s.is_in_reason AND s.direction IN ('increase', 'decrease')
), meant AS (
    SELECT * FROM moved
    QUALIFY coalesce(is_beside, false) OR NOT bool_or(coalesce(is_beside, false)) OVER (PARTITION BY document_id, context_no, basis)
)
SELECT document_id, context_no, basis, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id,
       min(direction) AS direction, min(CASE direction WHEN 'decrease' THEN -value ELSE value END) AS signed,
       any_value(line_code) AS line_code, any_value(measure) AS measure, any_value(functional_code) AS functional_code,
       any_value(coalesce(fund, '')) AS fund, any_value(coalesce(sheet, '')) AS sheet, any_value(economic_code) AS economic_code
FROM meant
GROUP BY document_id, context_no, basis HAVING min(value) = max(value) AND min(direction) = max(direction);

-- Budgets a completion or comparison may mean: its own basis first, else the only budget amount of the context.
CREATE OR REPLACE TEMP TABLE context_budget AS
WITH budget AS (
    SELECT *, count(*) OVER (PARTITION BY document_id, context_no) AS budgets FROM context_amount
    WHERE basis IN ('initial_budget', 'full_year_budget', 'budget')
), named AS (
    SELECT unnest(['initial_budget', 'full_year_budget', 'budget']) AS named_basis
)
SELECT b.document_id, b.context_no, n.named_basis, arg_min(b.value, b.basis <> n.named_basis) AS value,
       arg_min(b.half_width, b.basis <> n.named_basis) AS half_width, arg_min(b.claim_id, b.basis <> n.named_basis) AS claim_id
FROM budget b CROSS JOIN named n
WHERE b.basis = n.named_basis OR (b.budgets = 1 AND 'budget' IN (b.basis, n.named_basis))
GROUP BY b.document_id, b.context_no, n.named_basis;

-- Other lines that carry the same quantity under another name: a stated total may leave carryovers out.
CREATE OR REPLACE TEMP TABLE same_quantity (
    sheet VARCHAR, line_code VARCHAR, other_sheet VARCHAR, other_line VARCHAR, other_measure VARCHAR
);
INSERT INTO same_quantity (sheet, line_code, other_sheet, other_line) VALUES
    ('T01', 'revenue.total', 'T01', 'revenue.subtotal'), ('T01', 'expenditure.total', 'T01', 'expenditure.subtotal'),
    ('T01', 'revenue.subtotal', 'T01', 'revenue.total'), ('T01', 'expenditure.subtotal', 'T01', 'expenditure.total'),
    ('T04', 'revenue.total', 'T04', 'revenue.subtotal'), ('T04', 'expenditure.total', 'T04', 'expenditure.subtotal'),
    ('T04', 'expenditure.subtotal', 'T04', 'expenditure.total'),
    ('T01', 'revenue.government_managed_funds', 'T08', 'functional.total'),
    ('T01', 'revenue.state_capital_operations', 'T09', 'functional.total'),
    ('T01', 'revenue.general_public_budget', 'T05', 'functional.total'),
    ('T10', 'agency_operating_cost.total', 'T10', 'agency_operating_cost.administrative'),
    ('T10', 'agency_operating_cost.total', 'T10', 'agency_operating_cost.civil_service_managed'),
    ('BT12', 'agency_operating_cost.total', 'T07', 'agency_operating_cost.total'),
    ('BT12', 'agency_operating_cost.total', 'BT12', 'economic.total'),
    ('BT15', 'functional.total', 'T05', 'functional.total'), ('T05', 'functional.total', 'BT15', 'functional.total'),
    ('T01', 'revenue.fiscal_appropriation', 'T04', 'revenue.total'),
    ('T01', 'revenue.fiscal_appropriation', 'T04', 'revenue.subtotal'),
    ('T01', 'revenue.fiscal_appropriation', 'T01', 'revenue.total'),
    ('T08', 'functional.total', 'T08', 'functional.total');
INSERT INTO same_quantity VALUES
    ('T06', 'economic.personnel_total', 'T06', 'economic.total', 'personnel'),
    ('T06', 'economic.general_operating_total', 'T06', 'economic.total', 'general_operating'),
    ('T06', 'economic.personnel_total', 'T05', 'functional.total', 'personnel'),
    ('T06', 'economic.general_operating_total', 'T05', 'functional.total', 'general_operating'),
    ('BT18', 'economic.personnel_total', 'BT18', 'economic.total', 'personnel'),
    ('BT18', 'economic.general_operating_total', 'BT18', 'economic.total', 'general_operating');

-- Each stated amount with the printed figure it means. Of several candidates (both total columns of a sheet, both of two
-- lines with one meaning) the one that agrees counts; where none does, the nearest of the subject's own line.
CREATE OR REPLACE TEMP TABLE said_figure AS
WITH stated AS (
    SELECT s.*, CASE WHEN basis = 'none' THEN 'current' WHEN line_code LIKE 'three_public%' THEN 'budget' END AS stage
    FROM said s
    WHERE metric IN ('amount', 'count') AND NOT is_in_reason AND (sheet IS NOT NULL OR (subject_kind = 'economic' AND economic_code <> ''))
      AND (line_code <> '' OR functional_code <> '' OR economic_code <> '')
      AND coalesce(subject_year, fiscal_year) = fiscal_year
      -- what is said of projects under evaluation is no total of the unit
      AND NOT regexp_matches(coalesce(section, '') || coalesce(sentence, ''), '绩效|自评|评价')
      -- a carryover or a total named inside another figure is a part of that, not the unit's
      AND NOT (parent_context_no IS NOT NULL AND sheet = 'T01' AND line_code IN ('revenue.total', 'expenditure.total')
               AND NOT regexp_matches(coalesce(subject_text, ''), '总计|总额'))
      AND NOT (doc_kind = 'budget' AND line_code LIKE '%carryover%')
      -- 当年拨款 leaves out the carried-over money that the subjects' printed figures hold
      AND NOT (doc_kind = 'budget' AND contains(coalesce(section, ''), '当年拨款') AND functional_code <> '' AND EXISTS (
          SELECT 1 FROM figure o WHERE o.document_id = s.document_id AND o.line_code LIKE 'revenue.opening_carryover%' AND o.value > 0))
      AND (line_code NOT LIKE 'revenue.%' OR regexp_matches(subject_text, '收|拨款|总计|总额|合计') AND NOT contains(subject_text, '其他收入支出'))
      AND (basis = 'none' OR (line_code LIKE 'three_public%' AND doc_kind = 'final_accounts'
                              AND basis IN ('budget', 'full_year_budget', 'initial_budget')))
), wanted AS (
    SELECT claim_id, document_id, stage, sheet AS wanted_sheet, line_code AS wanted_line, value, half_width, measure, fund,
           functional_code, economic_code, is_money, concat_ws('/', functional_path, subject_text) AS said_name,
           0 AS remoteness FROM stated
    UNION ALL
    SELECT s.claim_id, s.document_id, s.stage, q.other_sheet, q.other_line, s.value, s.half_width,
           coalesce(q.other_measure, s.measure), s.fund, s.functional_code,
           s.economic_code, s.is_money, s.subject_text, 1
    FROM stated s JOIN same_quantity q ON q.sheet = s.sheet AND q.line_code = s.line_code
), met AS (
    SELECT w.claim_id, f.value AS figure_value, f.half_width AS figure_half_width, f.cell_id,
           abs(f.value - w.value) AS distance,
           CASE WHEN distance <= 2 * (f.half_width + w.half_width) THEN -1 ELSE w.remoteness END AS remoteness
    FROM wanted w JOIN figure f ON f.document_id = w.document_id AND f.stage = w.stage
        AND f.functional_code = w.functional_code AND f.economic_code = w.economic_code
        -- a coded subject is the same in every statement that lists it; a line belongs to its sheet
        AND (w.functional_code <> '' OR w.economic_code <> '' OR (f.sheet = w.wanted_sheet AND f.line_code = w.wanted_line))
        AND f.measure = CASE WHEN w.measure = '' THEN 'total' ELSE w.measure END
        AND (w.fund IS NULL OR f.fund = w.fund OR f.sheet NOT IN ('T01', 'T04')
             OR (f.fund IN ('all', 'fiscal_appropriation') AND w.fund IN ('all', 'fiscal_appropriation'))
             OR (f.sheet = 'T01' AND f.fund = 'all'))
        AND f.is_money = w.is_money AND f.instances = 1
        -- an economic subject is said of all funds, or of the fund whose statement this is
        AND (w.economic_code = '' OR f.sheet NOT IN ('T08', 'T09') OR w.wanted_sheet = f.sheet)
        -- three digits in a sentence may be the tail of a longer code: the class has to be named as well
        AND ((length(w.functional_code) <> 3 AND length(w.economic_code) <> 3)
             OR contains(replace(w.said_name, '的', ''), replace(regexp_replace(f.subject_name, '^[(（]?[一二三四五六七八九十\d]+[)）、.．]|[(（][一二三][)）]$', '', 'g'), '的', '')))
)
SELECT s.*, m.figure_value, m.figure_half_width, m.cell_id, c.line_code AS parent_line
FROM stated s JOIN (
    SELECT claim_id, arg_min(figure_value, (remoteness, distance, cell_id)) AS figure_value,
           arg_min(figure_half_width, (remoteness, distance, cell_id)) AS figure_half_width,
           arg_min(cell_id, (remoteness, distance, cell_id)) AS cell_id
    FROM met GROUP BY claim_id
) m USING (claim_id)
LEFT JOIN context_amount c ON c.document_id = s.document_id AND c.context_no = s.parent_context_no AND c.basis = 'none'
-- where a context states several amounts, the one that comes nearest to the figure speaks for it
QUALIFY s.context_no IS NULL OR abs(s.value - m.figure_value) = min(abs(s.value - m.figure_value)) OVER (
    PARTITION BY s.document_id, s.context_no, s.line_code, s.measure, s.functional_code, s.economic_code, s.basis);

-- What a claim is about, as the subject of an outcome: stable through re-publication where the wording is.
CREATE OR REPLACE TEMP MACRO said_subject(line_code, measure, functional_code, economic_code, functional_path, subject_text, basis) AS
    concat_ws(' ', nullif(line_code, ''), nullif(nullif(measure, ''), 'total'),
              coalesce(nullif(functional_code, ''), functional_path), nullif(economic_code, ''),
              CASE WHEN line_code = '' AND functional_code = '' AND economic_code = '' THEN left(subject_text, 40) END,
              nullif(basis, 'none'));

-- A stated amount cut off instead of rounded differs by less than its own last digit: a notice.
CREATE OR REPLACE TEMP MACRO last_digit(value, half_width, figure_value) AS
    CASE WHEN abs(value - figure_value) < 2 * half_width THEN 'last_digit' END;

-- Coded subjects (类, 款, 项) in the text against the statements that list them.
CREATE OR REPLACE TEMP MACRO stated_subjects(kind, least_digits, most_digits) AS TABLE
SELECT document_id, said_subject(line_code, measure, functional_code, '', functional_path, subject_text, basis) AS subject,
       value AS actual, half_width AS actual_half_width, figure_value AS expected,
       figure_half_width AS expected_half_width, 1 AS part_count, [claim_id, cell_id] AS evidence,
       last_digit(value, half_width, figure_value) AS note
FROM said_figure
WHERE length(functional_code) BETWEEN least_digits AND most_digits AND is_money AND kind IN ('any', doc_kind);

-- Stated amounts against the figures they speak of, for the sheets and lines a rule is about.
CREATE OR REPLACE TEMP MACRO stated_equals_printed(sheets, lines) AS TABLE
SELECT document_id, said_subject(line_code, measure, functional_code, economic_code, functional_path, subject_text, basis) AS subject,
       value AS actual, half_width AS actual_half_width, figure_value AS expected,
       figure_half_width AS expected_half_width, 1 AS part_count, [claim_id, cell_id] AS evidence,
       last_digit(value, half_width, figure_value) AS note
FROM said_figure
WHERE list_contains(sheets, sheet) AND len(list_filter(lines, lambda line: line_code LIKE line)) > 0 AND is_money;

-- The parts of a context and what they say, per basis, with the whole's own amount.
CREATE OR REPLACE TEMP TABLE context_parts AS
SELECT w.document_id, w.context_no AS whole_context_no, w.basis, w.value AS whole, w.half_width AS whole_half_width,
       w.claim_id AS whole_claim_id, sum(p.value) AS parts, sum(p.half_width) AS parts_half_width, count(*) AS part_count,
       list(p.claim_id ORDER BY p.claim_id) AS part_claim_ids, list(p.context_no ORDER BY p.context_no) AS part_contexts,
       list(p.line_code || ' ' || p.measure) AS part_lines
FROM context_amount w JOIN context_amount p
    ON p.document_id = w.document_id AND p.parent_context_no = w.context_no AND p.basis = w.basis
GROUP BY ALL;

-- Documents whose text speaks of another year than the one they were identified with: their years prove nothing.
CREATE OR REPLACE TEMP TABLE year_in_doubt AS
SELECT document_id FROM said
WHERE metric = 'amount' AND basis = 'none' AND subject_year IS NOT NULL AND NOT is_in_reason
GROUP BY document_id HAVING count(*) FILTER (subject_year <> fiscal_year) * 2 >= count(*);

-- Half width of 持平 beside changes: two numbers that are printed alike differ by up to a last digit, twice its half width.
CREATE OR REPLACE TEMP MACRO equal_half_width(value, half_width) AS 2 * coalesce(min(half_width) FILTER (value <> 0), 0);

-- Half width of a sum of changes: 增加0万元 beside 减少4.62万元 is a change of nothing, not one of up to half a 万元. 持平 has a half
-- width of nothing before.
CREATE OR REPLACE TEMP MACRO changes_half_width(value, half_width) AS
    coalesce(sum(half_width) FILTER (value <> 0), 0)
    + count(*) FILTER (value = 0 AND half_width > 0)
      * coalesce(least(max(half_width) FILTER (value = 0), min(half_width) FILTER (value <> 0)), 0)
    + count(*) FILTER (value = 0 AND half_width = 0) * equal_half_width(value, half_width);

-- Change of a three-public line = the changes of its parts, wherever each is said; 持平 is a change of nothing.
CREATE OR REPLACE TEMP MACRO three_public_changes() AS TABLE
WITH moved AS (
    SELECT document_id, basis, line_code, signed AS value, half_width, claim_id FROM context_change
    WHERE line_code LIKE 'three_public.%' AND measure IN ('', 'total')
    UNION ALL
    SELECT document_id, basis, line_code, 0, 0, claim_id FROM said
    WHERE metric = 'direction' AND direction = 'equal' AND NOT is_in_reason AND line_code LIKE 'three_public.%'
), line AS (
    SELECT document_id, basis, line_code, min(value) AS value, max(half_width) AS half_width, min(claim_id) AS claim_id,
           CASE WHEN line_code IN ('three_public.vehicle_purchase', 'three_public.vehicle_operation') THEN 'three_public.vehicles'
                WHEN line_code IN ('three_public.overseas_visits', 'three_public.vehicles', 'three_public.hospitality')
                THEN 'three_public.total' END AS whole
    FROM moved GROUP BY document_id, basis, line_code HAVING min(value) = max(value)
), part AS (
    SELECT * FROM line
    UNION ALL  -- vehicles of which only the purchases and the running costs are told to have changed
    SELECT v.document_id, v.basis, v.whole, sum(v.value), sum(v.half_width), min(v.claim_id), 'three_public.total'
    FROM line v WHERE v.whole = 'three_public.vehicles'
        AND (v.document_id, v.basis, v.whole) NOT IN (SELECT (document_id, basis, line_code) FROM line)
    GROUP BY v.document_id, v.basis, v.whole HAVING count(*) = 2
)
SELECT t.document_id, t.line_code, t.basis, t.value AS actual,
       CASE WHEN t.value = 0 AND t.half_width = 0 THEN equal_half_width(p.value, p.half_width) ELSE t.half_width END AS actual_half_width,
       sum(p.value) AS expected, changes_half_width(p.value, p.half_width) AS expected_half_width, count(*) AS part_count,
       list_prepend(t.claim_id, list(p.claim_id ORDER BY p.claim_id)) AS evidence
FROM line t JOIN part p ON p.document_id = t.document_id AND p.basis = t.basis AND p.whole = t.line_code
GROUP BY t.document_id, t.line_code, t.basis, t.value, t.half_width, t.claim_id
HAVING count(*) = CASE t.line_code WHEN 'three_public.total' THEN 3 ELSE 2 END;

-- Change of all revenue = the changes of its sources, in a sentence that names every source the statement prints.
CREATE OR REPLACE TEMP MACRO source_changes() AS TABLE
WITH moved AS (
    SELECT document_id, sentence_id, claim_id, basis, line_code, coalesce(fund, '') AS fund, half_width,
           CASE direction WHEN 'decrease' THEN -value ELSE value END AS value
    FROM said
    WHERE metric = 'change' AND is_money AND NOT is_in_reason AND direction IN ('increase', 'decrease') AND line_code LIKE 'revenue.%'
      AND contains(sentence, '其中')
), listed AS (
    SELECT w.document_id, w.claim_id, w.basis, w.value AS actual, w.half_width AS actual_half_width, sum(p.value) AS expected,
           sum(p.half_width) AS expected_half_width, count(*) AS part_count, list(p.line_code) AS lines,
           list_prepend(w.claim_id, list(p.claim_id ORDER BY p.claim_id)) AS evidence
    FROM moved w JOIN moved p ON p.sentence_id = w.sentence_id AND p.basis = w.basis AND p.claim_id > w.claim_id
        AND p.line_code NOT IN ('revenue.total', 'revenue.subtotal', 'revenue.fiscal_appropriation', 'revenue.nonfiscal')
    WHERE w.line_code = 'revenue.total'
    GROUP BY w.document_id, w.claim_id, w.basis, w.value, w.half_width
)
SELECT document_id, basis, actual, actual_half_width, expected, expected_half_width, part_count, evidence
FROM listed ANTI JOIN (
    SELECT l.claim_id FROM listed l JOIN figure f ON f.document_id = l.document_id AND f.sheet = 'T01' AND f.stage = 'current'
    WHERE f.value <> 0 AND list_contains(revenue_lines(), f.line_code) AND NOT list_contains(l.lines, f.line_code)
      AND f.line_code NOT IN ('revenue.fiscal_appropriation', 'revenue.nonfiscal')
) USING (claim_id)
WHERE part_count > 1 AND part_count = len(list_distinct(lines));

-- Parts whose shares make up 100 % though they do not add up to the whole that is named: shares of their own sum.
CREATE OR REPLACE TEMP TABLE shared_out AS
SELECT c.document_id, c.whole_context_no, sum(p.value) AS parts, sum(p.half_width) AS parts_half_width
FROM said c
JOIN context_amount p ON p.document_id = c.document_id AND p.context_no = c.context_no AND p.basis = 'none'
JOIN context_amount w ON w.document_id = c.document_id AND w.context_no = c.whole_context_no AND w.basis = 'none'
WHERE c.metric = 'share' AND NOT c.is_in_reason
GROUP BY c.document_id, c.whole_context_no
HAVING count(*) > 1 AND judge_shares(sum(c.value), max(c.half_width), 100, 0, count(*)::INTEGER).verdict <> 'violated'
   AND sum(p.value) < any_value(w.value) - any_value(w.half_width) - sum(p.half_width);

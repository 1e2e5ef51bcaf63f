-- How printed numbers are compared: the only place that knows a tolerance.
--
-- A printed number is the closed interval value ± half width, where the half width is half of its own last printed digit.
-- Every comparison asks whether the intervals can hold at once; touching is consistent. All arithmetic is DECIMAL or
-- HUGEINT: DuckDB's "/" gives DOUBLE, so quotients are multiplied out, or taken as whole millionths.
--
-- judge_*() return STRUCT(verdict, residual, tolerance, note):
--   verdict    exact | rounded | violated; NULL where a side is NULL or, for percentages, 10^17 or more
--   residual   how far apart the two sides are, in their unit (percentage points for percentages)
--   tolerance  how far apart they may be
--   note       large_rounding_residual (rounded, but unlikely large for its number of parts)
--              last_digit (violated by no more than one last printed digit of a percentage, or by what it was rounded or cut
--              off to before noughts were written behind it: a notice, not an error)
--              zero_base (a percentage of nothing)
--
-- The kinds with two sides share one signature, so that an engine can build the call from the rule's kind:
--   judge_<kind>(actual, actual_half_width, expected, expected_half_width, part_count)
--   kinds: equal, sum, at_most, at_least, greater, less, unchanged, nearly_unchanged, exact, shares
-- Percentages have a fraction for their other side:
--   judge_percentage(actual, actual_half_width, part, part_half_width, whole, whole_half_width)
--   judge_growth(actual, actual_half_width, current, current_half_width, change, change_half_width)   change is signed
--   judge_growth_on_prior(actual, actual_half_width, current, current_half_width, prior, prior_half_width)
--   judge_score(score, score_decimals, executed, budget, weight)

-- ---- Half widths ------------------------------------------------------------------------------------------------

-- 10 to the power of minus `digits`, for -8 .. 6 digits; more than six printed decimals count as six (wider, never narrower).
CREATE OR REPLACE MACRO power_of_ten(exponent) AS (
    CASE least(greatest(exponent, -6), 12)
        WHEN -6 THEN 0.000001::DECIMAL(24, 6) WHEN -5 THEN 0.00001 WHEN -4 THEN 0.0001 WHEN -3 THEN 0.001
        WHEN -2 THEN 0.01 WHEN -1 THEN 0.1 WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000
        WHEN 4 THEN 10000 WHEN 5 THEN 100000 WHEN 6 THEN 1000000 WHEN 7 THEN 10000000 WHEN 8 THEN 100000000
        WHEN 9 THEN 1000000000 WHEN 10 THEN 10000000000 WHEN 11 THEN 100000000000 WHEN 12 THEN 1000000000000
    END
);

-- Decimal places that the unit shifts a printed number by on its way to 元; NULL where the unit is not money.
CREATE OR REPLACE MACRO money_scale(unit) AS (
    CASE unit WHEN '元' THEN 0 WHEN '万元' THEN 4 WHEN '亿元' THEN 8 WHEN '百元' THEN 2 WHEN '千元' THEN 3 WHEN '百万元' THEN 6 END
);

-- Half of the last digit of a number printed with so many decimals, in its own unit.
CREATE OR REPLACE MACRO half_width(decimals) AS (
    CASE WHEN decimals IS NULL THEN NULL
         WHEN decimals >= 6 THEN 0.000001::DECIMAL(24, 6)
         ELSE (power_of_ten(-1 - decimals) * 5)::DECIMAL(24, 6) END
);

-- The same in 元. Blank, dash and the words for none are an exact zero; a unit that is not money has none.
CREATE OR REPLACE MACRO half_width_yuan(unit, decimals, state) AS (
    CASE WHEN money_scale(unit) IS NULL THEN NULL
         WHEN state IN ('blank', 'dash', 'none_word') THEN 0::DECIMAL(24, 6)
         WHEN decimals IS NULL THEN NULL
         WHEN decimals - money_scale(unit) >= 6 THEN 0.000001::DECIMAL(24, 6)
         ELSE (power_of_ten(money_scale(unit) - decimals - 1) * 5)::DECIMAL(24, 6) END
);

-- Self-evaluation forms print 万元 with three decimals or more where they mean the whole number: exact.
CREATE OR REPLACE MACRO half_width_yuan_in(statement_code, unit, decimals, state) AS (
    CASE WHEN statement_code IN ('PF', 'PFW') AND unit = '万元' AND decimals >= 3 THEN 0::DECIMAL(24, 6)
         ELSE half_width_yuan(unit, decimals, state) END
);

-- Half width in the printed unit: money and percentages are rounded when printed; counts and scores are what they are.
CREATE OR REPLACE MACRO half_width_printed(unit, decimals, state) AS (
    CASE WHEN state IN ('blank', 'dash', 'none_word') THEN 0::DECIMAL(24, 6)
         WHEN money_scale(unit) IS NOT NULL OR unit IN ('%', '‰', '个百分点', '百分点') THEN half_width(decimals)
         WHEN decimals IS NULL THEN NULL
         ELSE 0::DECIMAL(24, 6) END
);

-- ---- Helpers ----------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO judged(verdict, residual, tolerance, note) AS (
    struct_pack(verdict := verdict::VARCHAR, residual := residual::DECIMAL(38, 6), tolerance := tolerance::DECIMAL(38, 6),
                note := note::VARCHAR)
);

CREATE OR REPLACE MACRO verdict_within(residual, tolerance) AS (
    CASE WHEN residual = 0 THEN 'exact' WHEN abs(residual) <= tolerance THEN 'rounded'
         WHEN residual IS NOT NULL AND tolerance IS NOT NULL THEN 'violated' END
);

-- Whole millionths of a DECIMAL; NULL from 10^17 on, so that nothing that is made of them overflows (TRY would work too,
-- but goes row by row).
CREATE OR REPLACE MACRO millionths(number) AS (
    CASE WHEN abs(number) < 100000000000000000 THEN (number::DECIMAL(30, 6) * 1000000)::HUGEINT END
);

-- Whole millionths as a DECIMAL again.
CREATE OR REPLACE MACRO of_millionths(number) AS (number::DECIMAL(32, 0) * 0.000001::DECIMAL(6, 6));

-- 100 · part / whole, rounded towards zero to millionths; NULL for whole = 0. Then rounded down, and up.
CREATE OR REPLACE MACRO percentage_of(part, whole) AS (
    of_millionths(millionths(sign(whole) * part) * 100000000::HUGEINT // nullif(millionths(abs(whole)), 0))
);
CREATE OR REPLACE MACRO quotient_down(numerator, denominator) AS (
    of_millionths(numerator // denominator - CASE WHEN numerator % denominator < 0 THEN 1 ELSE 0 END)
);
CREATE OR REPLACE MACRO quotient_up(numerator, denominator) AS (
    of_millionths(numerator // denominator + CASE WHEN numerator % denominator > 0 THEN 1 ELSE 0 END)
);

-- Least and greatest 100 · part / whole that the printed digits allow; whole must be beyond its own half width.
CREATE OR REPLACE MACRO percentage_least(part, part_half_width, whole, whole_half_width) AS (
    quotient_up(millionths(sign(whole) * part - part_half_width) * 100000000::HUGEINT,
                nullif(millionths(abs(whole) + CASE WHEN sign(whole) * part >= part_half_width THEN whole_half_width
                                                    ELSE -whole_half_width END), 0))
);
CREATE OR REPLACE MACRO percentage_greatest(part, part_half_width, whole, whole_half_width) AS (
    quotient_down(millionths(sign(whole) * part + part_half_width) * 100000000::HUGEINT,
                  nullif(millionths(abs(whole) + CASE WHEN sign(whole) * part >= -part_half_width THEN -whole_half_width
                                                      ELSE whole_half_width END), 0))
);

-- ---- Two sides --------------------------------------------------------------------------------------------------

-- The same quantity printed twice: |a − b| ≤ h_a + h_b.
CREATE OR REPLACE MACRO judge_equal(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(verdict_within(actual - expected, actual_half_width + expected_half_width),
           actual - expected, actual_half_width + expected_half_width, NULL)
);

-- A total and its parts: expected = Σ wᵢPᵢ, expected_half_width = Σ |wᵢ|·hᵢ, part_count printed parts. From eight parts on,
-- a residual above 3.3·10^−d·√((n+1)/12) is unlikely though possible.
CREATE OR REPLACE MACRO judge_sum(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(verdict_within(actual - expected, actual_half_width + expected_half_width),
           actual - expected, actual_half_width + expected_half_width,
           CASE WHEN part_count >= 8
                 AND abs(actual - expected) <= actual_half_width + expected_half_width
                 AND abs(actual - expected)::DOUBLE
                     > 6.6 * greatest(actual_half_width::DOUBLE, expected_half_width::DOUBLE / part_count)
                       * sqrt((part_count + 1) / 12)
                THEN 'large_rounding_residual' END)
);

-- a ≤ b: a − b ≤ h_a + h_b.
CREATE OR REPLACE MACRO judge_at_most(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(CASE WHEN actual <= expected THEN 'exact'
                ELSE verdict_within(actual - expected, actual_half_width + expected_half_width) END,
           actual - expected, actual_half_width + expected_half_width, NULL)
);
CREATE OR REPLACE MACRO judge_at_least(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(CASE WHEN actual >= expected THEN 'exact'
                ELSE verdict_within(actual - expected, actual_half_width + expected_half_width) END,
           actual - expected, actual_half_width + expected_half_width, NULL)
);

-- Direction words need a difference on their side. Printed to the same digit, the printed difference decides; where one
-- side is coarser than the other it may hide a true difference, and inside the tolerance nothing is proved.
CREATE OR REPLACE MACRO judge_greater(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(CASE WHEN actual > expected THEN 'exact'
                WHEN actual_half_width <> expected_half_width
                 AND expected - actual <= actual_half_width + expected_half_width THEN 'rounded'
                WHEN actual <= expected AND actual_half_width + expected_half_width IS NOT NULL THEN 'violated' END,
           actual - expected,
           CASE WHEN actual_half_width <> expected_half_width THEN actual_half_width + expected_half_width ELSE 0 END, NULL)
);
CREATE OR REPLACE MACRO judge_less(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(CASE WHEN actual < expected THEN 'exact'
                WHEN actual_half_width <> expected_half_width
                 AND actual - expected <= actual_half_width + expected_half_width THEN 'rounded'
                WHEN actual >= expected AND actual_half_width + expected_half_width IS NOT NULL THEN 'violated' END,
           actual - expected,
           CASE WHEN actual_half_width <> expected_half_width THEN actual_half_width + expected_half_width ELSE 0 END, NULL)
);

-- 持平, and 基本持平 with one per cent of the other side besides.
CREATE OR REPLACE MACRO judge_unchanged(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judge_equal(actual, actual_half_width, expected, expected_half_width, part_count)
);
CREATE OR REPLACE MACRO judge_nearly_unchanged(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(verdict_within(actual - expected,
                          actual_half_width + expected_half_width + abs(expected)::DECIMAL(32, 6) * 0.01::DECIMAL(2, 2)),
           actual - expected,
           actual_half_width + expected_half_width + abs(expected)::DECIMAL(32, 6) * 0.01::DECIMAL(2, 2), NULL)
);

-- Counts, codes, years: no tolerance whatever the half widths say.
CREATE OR REPLACE MACRO judge_exact(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(CASE WHEN actual = expected THEN 'exact' WHEN actual <> expected THEN 'violated' END, actual - expected, 0, NULL)
);

-- Shares of a whole: actual = Σp of part_count shares, actual_half_width = the half width of one of them, expected 100.
CREATE OR REPLACE MACRO judge_shares(actual, actual_half_width, expected, expected_half_width, part_count) AS (
    judged(verdict_within(actual - expected, (part_count + 1) * actual_half_width), actual - expected,
           (part_count + 1) * actual_half_width,
           CASE WHEN abs(actual - expected) > (part_count + 1) * actual_half_width
                 AND abs(actual - expected) <= (part_count + 3) * actual_half_width THEN 'last_digit' END)
);

-- ---- Percentages ------------------------------------------------------------------------------------------------

-- The last digit that was rounded or cut off to, where noughts were written behind it (275.00, 28.90): a whole or a tenth.
CREATE OR REPLACE MACRO padded_digit(actual, actual_half_width) AS (
    CASE WHEN actual_half_width < 0.5 AND actual % 1 = 0 AND actual <> 0 THEN 1.0::DECIMAL(2, 1)
         WHEN actual_half_width < 0.05 AND actual * 10 % 1 = 0 THEN 0.1 END
);

-- A percentage against the least and greatest value that its fraction allows. ratio is the fraction's own value.
CREATE OR REPLACE MACRO judge_against_interval(actual, actual_half_width, ratio, least_ratio, greatest_ratio) AS (
    judged(CASE WHEN actual + actual_half_width >= least_ratio AND actual - actual_half_width <= greatest_ratio
                THEN CASE WHEN actual = ratio THEN 'exact' ELSE 'rounded' END
                WHEN least_ratio IS NOT NULL AND greatest_ratio IS NOT NULL
                 AND actual + actual_half_width IS NOT NULL THEN 'violated' END,
           actual - ratio,
           actual_half_width + CASE WHEN actual >= ratio THEN greatest_ratio - ratio ELSE ratio - least_ratio END,
           CASE WHEN actual + actual_half_width < least_ratio AND actual + 3 * actual_half_width >= least_ratio
                  OR actual - actual_half_width > greatest_ratio AND actual - 3 * actual_half_width <= greatest_ratio
                  OR sign(ratio) = sign(actual) AND abs(ratio) < abs(actual) + padded_digit(actual, actual_half_width)
                     AND abs(ratio) >= abs(actual) - padded_digit(actual, actual_half_width) * 0.5
                THEN 'last_digit' END)
);

-- The same with the three quotients taken once: a macro writes its arguments out wherever it uses them, and each is a
-- division of 128 bits.
CREATE OR REPLACE MACRO judge_against_fraction(actual, actual_half_width, part, part_half_width, whole, whole_half_width) AS (
    list_transform(
        [struct_pack(ratio := percentage_of(part, whole),
                     least := percentage_least(part, part_half_width, whole, whole_half_width),
                     greatest := percentage_greatest(part, part_half_width, whole, whole_half_width))],
        lambda allowed: judge_against_interval(actual::DECIMAL(32, 6), actual_half_width::DECIMAL(32, 6),
                                               allowed.ratio, allowed.least, allowed.greatest))[1]
);

-- p per cent of part over whole. 0 % and 100 % of nothing over nothing are how forms fill a line without money.
CREATE OR REPLACE MACRO judge_percentage(actual, actual_half_width, part, part_half_width, whole, whole_half_width) AS (
    CASE WHEN abs(whole) <= whole_half_width
         THEN judged(CASE WHEN abs(part) <= part_half_width AND actual IN (0, 100) THEN 'rounded'
                          WHEN actual + part + part_half_width IS NOT NULL THEN 'violated' END, NULL, NULL, 'zero_base')
         ELSE judge_against_fraction(actual, actual_half_width, part, part_half_width, whole, whole_half_width) END
);

-- Growth from the current amount and the (signed) change: base = current − change, h_base = h_current + h_change.
-- Growth on nothing is a logic error whatever the percentage.
CREATE OR REPLACE MACRO judge_growth(actual, actual_half_width, current, current_half_width, change, change_half_width) AS (
    CASE WHEN abs(current - change) <= current_half_width + change_half_width
         THEN judged(CASE WHEN actual IS NOT NULL THEN 'violated' END, NULL, NULL, 'zero_base')
         ELSE judge_percentage(actual, actual_half_width, change, change_half_width,
                               current - change, current_half_width + change_half_width) END
);

-- Growth from the current and the prior amount: 100 + g per cent of prior is current.
CREATE OR REPLACE MACRO judge_growth_on_prior(actual, actual_half_width, current, current_half_width, prior, prior_half_width) AS (
    CASE WHEN abs(prior) <= prior_half_width
         THEN judged(CASE WHEN actual IS NOT NULL THEN 'violated' END, NULL, NULL, 'zero_base')
         ELSE judge_percentage(100 + actual, actual_half_width, current, current_half_width, prior, prior_half_width) END
);

-- ---- Scores of self-evaluation ----------------------------------------------------------------------------------

-- part · factor / whole rounded half up to hundredths; part and whole not negative.
CREATE OR REPLACE MACRO hundredths_of(part, factor, whole) AS (
    ((2 * millionths(part) * (factor::DECIMAL(9, 2) * 100)::HUGEINT + millionths(whole))
     // nullif(2 * millionths(whole), 0))::DECIMAL(32, 0) * 0.01::DECIMAL(2, 2)
);

-- The score of the execution rate: round(weight · rate, 2) and round(weight · round(rate %, 2) / 100, 2) are both right;
-- a rate above 100 % earns the full weight. A score printed with fewer decimals is held at its own last digit.
CREATE OR REPLACE MACRO judge_score(score, score_decimals, executed, budget, weight) AS (
    CASE WHEN budget = 0 THEN judged(NULL, NULL, NULL, 'zero_base')
         WHEN executed >= budget THEN judge_exact(score, 0, weight, 0, 1)
         ELSE judged(CASE WHEN score = hundredths_of(executed, weight, budget) THEN 'exact'
                          WHEN score = hundredths_of(hundredths_of(executed, 100, budget), weight, 100) THEN 'rounded'
                          WHEN score_decimals < 2
                           AND abs(score - hundredths_of(executed, weight, budget)) <= half_width(score_decimals) THEN 'rounded'
                          WHEN score + hundredths_of(executed, weight, budget) IS NOT NULL THEN 'violated' END,
                     score - hundredths_of(executed, weight, budget),
                     CASE WHEN score_decimals < 2 THEN half_width(score_decimals) ELSE 0.01 END, NULL) END
);

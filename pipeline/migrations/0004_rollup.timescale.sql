-- Verdicts per site and minute, as a continuous aggregate with the newest data added when read (real-time).
-- Not inside a transaction: one statement a file. Never decide a debit from it.
CREATE MATERIALIZED VIEW verdict_minute
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT site, time_bucket(INTERVAL '1 minute', occurred_at) AS minute, outcome, count(*) AS verdicts
FROM verdict GROUP BY 1, 2, 3 WITH NO DATA;

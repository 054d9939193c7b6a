-- Verdicts per site and minute where TimescaleDB is the Apache edition, which has no continuous aggregates.
CREATE VIEW verdict_minute AS
SELECT site, time_bucket(INTERVAL '1 minute', occurred_at) AS minute, outcome, count(*) AS verdicts
FROM verdict GROUP BY 1, 2, 3;

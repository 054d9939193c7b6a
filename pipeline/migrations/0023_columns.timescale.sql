-- Days of verdicts may be stored as columns; which and when is app/retention's to say. The Apache edition cannot.
ALTER TABLE verdict SET (timescaledb.compress, timescaledb.compress_orderby = 'occurred_at DESC, id');

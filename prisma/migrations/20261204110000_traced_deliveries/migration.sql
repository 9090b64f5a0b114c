-- The worker shows a delivery in the trace of the request that created its run.
GRANT SELECT (request_id) ON runs TO console_worker;

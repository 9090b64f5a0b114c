-- The worker sends key owners emails, so it reads their names and addresses.
GRANT SELECT (name, prefix, owner_id) ON api_keys TO console_worker;
GRANT SELECT (id, name, email, disabled_at) ON people TO console_worker;

-- Reading keys has a permission of its own. Keys that could read them go on doing so.
UPDATE api_keys SET scopes = scopes || '{keys.read}'
WHERE 'keys.manage' = ANY (scopes) AND NOT 'keys.read' = ANY (scopes) AND revoked_at IS NULL;

-- Changes with every change of what a key may do or whom it stands for: its row, its owner's, its reach. Null once the
-- key has expired. A caller that a process remembers is confirmed by it in the very statement that acts for them.
CREATE FUNCTION key_version(key_id uuid) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT concat_ws(' ', k.xmin, p.xmin, (SELECT string_agg(r.org_id::text, ' ' ORDER BY r.org_id)
      FROM public.key_reach r WHERE r.key_id = k.id))
    FROM public.api_keys k JOIN public.people p ON p.id = k.owner_id
    WHERE k.id = key_version.key_id AND coalesce(k.expires_at > now(), true)
  );

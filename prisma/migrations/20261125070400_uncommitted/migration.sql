-- A transaction that counted its change instead of announcing it says until it ends that something is still to come, by a
-- lock that everyone can share. Listeners look at who holds it: however long the commit takes, its end is noticed. The lock
-- comes before the count, or a count that moved could belong to a transaction that nobody sees waiting.
CREATE OR REPLACE FUNCTION announce(words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF pg_try_advisory_xact_lock(7020020261125) THEN
    PERFORM pg_notify('runs_changed', words);
  ELSE
    PERFORM pg_advisory_xact_lock_shared(70200, 20261125);
    PERFORM nextval('public.runs_unannounced');
  END IF;
END $$;

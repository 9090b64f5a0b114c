-- One way of comparing text, for every search. What is stored stays as it was sent.

-- What two texts have in common when people would call them the same: case, accents, widths, dashes, quotation marks,
-- white space and invisible characters make no difference. lib/contract/text/fold.ts does the same; a test compares the
-- two for every character. In plpgsql, as an SQL function costs several times as much where it can't be inlined.
CREATE FUNCTION fold_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text := given;
BEGIN
  -- Most texts are ASCII, in which only case, white space and controls differ.
  IF octet_length(folded) <> length(folded) THEN
    folded := regexp_replace(folded, '[\u00ab\u00bb\u201c-\u201f\u2033\u2036\u275d-\u275e\u300c-\u300f\u301d-\u301f\ufe41-\ufe44\uff62-\uff63]', '"', 'g');
    folded := regexp_replace(folded, '[\u00b4\u02b9\u02bb-\u02bd\u02c8\u055a\u2018-\u201b\u2032\u2035\u2039-\u203a\u275b-\u275c]', '''', 'g');
    folded := regexp_replace(folded, '[\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2e17\u2e1a\u2e3a-\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe31-\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead]', '-', 'g');
    folded := regexp_replace(folded, '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g');
    folded := regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g');
    folded := lower(folded COLLATE pg_c_utf8);
    IF folded ~ '[ßæœþøđłıħς\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]' THEN
      folded := translate(folded, 'øđłıħς', 'odlihσ');
      folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
      folded := translate(folded, U&'\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\0966\0967\0968\0969\096A\096B\096C\096D\096E\096F\09E6\09E7\09E8\09E9\09EA\09EB\09EC\09ED\09EE\09EF\0E50\0E51\0E52\0E53\0E54\0E55\0E56\0E57\0E58\0E59', repeat('0123456789', 5));
    END IF;
    folded := normalize(folded, NFC);
  ELSE
    folded := lower(folded COLLATE pg_c_utf8);
    IF folded ~ '[\u0001-\u0008\u000e-\u001f\u007f]' THEN
      folded := regexp_replace(folded, '[\u0001-\u0008\u000e-\u001f\u007f]', '', 'g');
    END IF;
  END IF;
  IF folded ~ '[\u0009-\u000d\u0085\u1680\u2028-\u2029]|  |^ | $' THEN
    folded := btrim(regexp_replace(folded, '[ \u0009-\u000d\u0085\u1680\u2028-\u2029]+', ' ', 'g'));
  END IF;
  RETURN folded;
END $$;

-- A folded text with each Chinese, Japanese or Korean character twice: an index of three characters then knows words of two.
CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF octet_length(given) = length(given) THEN
    RETURN public.fold_text(given);
  END IF;
  RETURN regexp_replace(public.fold_text(given),
    '[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af]', '\&\&', 'g');
END $$;

-- The pattern that LIKE compares a search_text with, to find those that contain the text.
CREATE FUNCTION containing(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN '%' || regexp_replace(public.search_text(given), '([\\%_])', '\\\1', 'g') || '%';
END $$;

-- Reasons and tickets of the trail. An index of an expression is used where a query has the same expression.
DROP INDEX audit_entries_reason_idx;
CREATE INDEX audit_entries_reason_idx ON audit_entries USING gin (search_text(meta ->> 'reason') gin_trgm_ops);
DROP INDEX audit_entries_ticket_idx;
CREATE INDEX audit_entries_ticket_idx ON audit_entries (fold_text(meta ->> 'ticket'), occurred_at DESC, id DESC);

-- Names and addresses. A column of its own, since a search for three letters compares thousands of names; a word begins
-- after a space.
ALTER TABLE organizations ADD COLUMN search TEXT
  GENERATED ALWAYS AS (' ' || search_text(name || ' ' || slug || ' ' || email)) STORED;
CREATE INDEX organizations_search_idx ON organizations USING gin (search gin_trgm_ops);
CREATE INDEX organizations_folded_name_idx ON organizations (fold_text(name));
CREATE INDEX organizations_folded_slug_idx ON organizations (fold_text(slug));
CREATE INDEX organizations_folded_email_idx ON organizations (fold_text(email));
CREATE INDEX people_search_idx ON people USING gin (search_text(name || ' ' || email) gin_trgm_ops);
CREATE INDEX api_keys_search_idx ON api_keys USING gin (search_text(name || ' ' || prefix) gin_trgm_ops);
CREATE INDEX api_keys_prefix_idx ON api_keys (prefix text_pattern_ops) WHERE kind = 'inference';

-- The organizations that nearly have the text in their name, slug or address, with how nearly. Words that a hundred
-- organizations have ("labs") tell nothing, and would cost a comparison with each.
CREATE FUNCTION organizations_like(given text) RETURNS TABLE (id uuid, likeness real) LANGUAGE plpgsql STABLE ROWS 10
SET pg_trgm.word_similarity_threshold = 0.5 AS $$
DECLARE
  wanted text;
BEGIN
  SELECT string_agg(word, ' ' ORDER BY place) INTO wanted
  FROM unnest(string_to_array(search_text(given), ' ')) WITH ORDINALITY words (word, place)
  WHERE (SELECT count(*) FROM (
    SELECT FROM organizations o WHERE o.search LIKE overlay(containing(word) PLACING '% ' FROM 1 FOR 1) LIMIT 100) having_it) < 100;
  RETURN QUERY EXECUTE
    'SELECT o.id, word_similarity($1, o.search) FROM organizations o WHERE $2 <% o.search' USING search_text(given), wanted;
END $$;

-- An address of which no origin could be found, or one too long for an index, made the deliveries of its run fail, and with
-- them the transaction that ends the run: nobody could cancel it, and no provider could report its end. Every address has
-- one now, and a short one; what can't be called fails as a delivery.
CREATE OR REPLACE FUNCTION origin_of(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(left(coalesce(substring(url FROM '^[^:]+:/*[^/?#]*'), url), 300));

/** Headers that inform the routes, set by the server process; it removes them from clients' requests. */

/** The address in X-Forwarded-For is a proxy's and may represent many clients. */
export const PROXY_ADDRESS_HEADER = "runflow-address-of-proxy";

/**
 * Names a query parameter that isn't valid UTF-8. Routes can't tell, because the framework has already
 * replaced its bytes.
 */
export const MALFORMED_QUERY_HEADER = "runflow-malformed-query";

/**
 * What the server process tells the routes about a request. It removes these headers from what a client sends.
 */

/** Says that the address in X-Forwarded-For is a proxy's, which stands for any number of clients. */
export const PROXY_ADDRESS_HEADER = "runflow-address-of-proxy";

/** Names the query parameter that isn't valid UTF-8. Routes can't tell: the framework has replaced its bytes by then. */
export const MALFORMED_QUERY_HEADER = "runflow-malformed-query";

/**
 * Node's flags for the server and the worker: a large young generation (MiB; at most three such spaces) needs
 * fewer, cheaper collections. package.json's `start` and `worker` repeat them.
 */
export const NODE_FLAGS = ["--max-semi-space-size=64"];

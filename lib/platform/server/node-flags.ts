/**
 * How Node is started for the server and the worker: what a request leaves behind is collected in fewer, cheaper rounds
 * when the young generation is large (MiB; three such spaces at most). package.json's `start` and `worker` say the same.
 */
export const NODE_FLAGS = ["--max-semi-space-size=64"];

import { queryOptions } from "@tanstack/react-query";
import { callApi } from "./call-api";
import { POLLING, pollInterval, withTimeout } from "./polling";

const POLL_MS = 1_000;

/** One delivery with its attempts, polled until it settles. */
export const deliveryOptions = (id: string | undefined) =>
  queryOptions({
    queryKey: ["delivery", id],
    queryFn: async ({ signal }) => {
      const { DeliveryWithAttempts } = await import("@/lib/contract/deliveries");
      const path = `/v1/webhooks/any/deliveries/${id}`;
      return (await callApi(DeliveryWithAttempts, path, { signal: withTimeout(signal) })).data;
    },
    enabled: id !== undefined,
    ...POLLING,
    refetchInterval: ({ state: { data, error } }) =>
      pollInterval(!data || data.state === "pending", error, POLL_MS),
  });

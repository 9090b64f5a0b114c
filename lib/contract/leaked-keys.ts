import { z } from "zod";
import { anyone, defineOperation } from "./operation";

export const LEAK_URL_MAX = 2_000;

export const LeakedKeyBody = z
  .strictObject({
    key: z.string().max(100).meta({ description: "The whole key." }),
    source_url: z
      .url({ protocol: /^https?$/ })
      .max(LEAK_URL_MAX)
      .nullish()
      .meta({ description: "Where it was found. Must not contain the key." }),
  })
  .refine(({ key, source_url }) => key === "" || !source_url?.includes(key), {
    path: ["source_url"],
    message: "The URL contains the key. Give the URL without it.",
  })
  .meta({ id: "LeakedKeyReport" });
export type LeakedKeyBody = z.infer<typeof LeakedKeyBody>;

export const LeakedKeyReceipt = z
  .object({ status: z.literal("received") })
  .meta({ id: "LeakedKeyReceipt", description: "The same for every key, ours or not." });

export const reportLeakedKeyOperation = defineOperation({
  id: "reportLeakedKey",
  method: "POST",
  path: "/v1/leaked-keys",
  summary: "Report a leaked key",
  description:
    "For anyone who found a key in public, such as a secret scanner. A working key is revoked at once, and its owner is " +
    "told. The response doesn't say whether the key was ours.",
  access: anyone,
  audits: "key.revoked",
  body: LeakedKeyBody,
  refusals: [429],
  responses: { 202: { description: "The report was received.", body: LeakedKeyReceipt } },
});

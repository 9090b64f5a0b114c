import type { Pool } from "pg";
import { makeRun, type Fixture } from "@/test/fixture";

/** A number beyond a double's precision: the page must show the digits as sent. */
const INPUT = `{
  "image": "https://cdn.nordlicht.example/catalogue/2026/boots-447.png",
  "prompt": "remove the background, keep the shadow under the left boot",
  "seed": 18446744073709551615,
  "output": {
    "format": "png",
    "width": 2048,
    "height": 2048,
    "alpha": true
  },
  "shadow": {
    "keep": true,
    "opacity": 0.35
  },
  "tags": [
    "catalogue",
    "boots",
    "winter"
  ]
}`;
const METADATA = `{ "tenant": "shop 7", "order": "2026-11-0447", "attempt": 1 }`;

/** @returns the ID of a run that has everything that an active run can have */
export async function makeTellingRun(
  owner: Pool,
  fixture: Fixture,
  traits: Parameters<typeof makeRun>[2] = {},
): Promise<string> {
  const id = await makeRun(owner, fixture, traits);
  await owner.query(
    `UPDATE runs SET input = $2, metadata = $3, client_ref = 'order-2026-11-0447', request_id = 'req_9f31c07be2d84a66',
       callback_url = 'https://hooks.nordlicht.example/runflow' WHERE id = $1`,
    [id, INPUT, METADATA],
  );
  return id;
}

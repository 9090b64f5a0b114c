import { parseJson } from "@/lib/platform/json/json";
import type { DemoModel } from "./models";
import type { Random } from "./random";

/** Inputs and outputs of runs, shared with the provider simulator. */

const PRODUCTS = [
  "sneaker",
  "armchair",
  "espresso machine",
  "rain jacket",
  "desk lamp",
  "ceramic mug",
  "backpack",
  "wristwatch",
];
const PLACES = [
  "on a marble counter",
  "in a sunlit loft",
  "on wet cobblestones",
  "against a plain studio wall",
  "in a pine forest",
];
const LIGHTS = [
  "soft morning light",
  "golden hour",
  "overcast, no shadows",
  "a single key light from the left",
];
const COLORS = ["#ffffff", "#f4f1ea", "#1f2933", "#e8eefc"];
const RATIOS = ["1:1", "4:5", "16:9", "9:16"];
const HOST = "https://assets.runflow-demo.example";

export function makeInput(model: DemoModel, random: Random): Record<string, unknown> {
  const scene = `A ${random.pick(PRODUCTS)} ${random.pick(PLACES)}, ${random.pick(LIGHTS)}`;
  const source = `${HOST}/uploads/${random.hex(16)}.jpg`;
  // Larger than a double can hold exactly, as some customers' seeds are.
  const seed = random.chance(0.1)
    ? parseJson(`9${random.int(1e15, 9e15)}${random.int(100, 999)}`)
    : random.int(0, 2 ** 31);
  switch (model.kind) {
    case "text-to-image":
      return {
        prompt: scene,
        aspect_ratio: random.pick(RATIOS),
        num_images: random.pick([1, 1, 1, 2, 4]),
        seed,
      };
    case "text-to-video":
      return {
        prompt: `${scene}, slow camera move`,
        duration_seconds: random.pick([4, 6, 8]),
        resolution: "720p",
        seed,
      };
    case "image-to-image":
      return makeImageInput(model.slug, source, scene, random);
  }
}

function makeImageInput(
  slug: string,
  source: string,
  scene: string,
  random: Random,
): Record<string, unknown> {
  if (slug.endsWith("background-replace")) return { image_url: source, prompt: scene, guidance: 7.5 };
  if (slug.endsWith("background-color")) return { image_url: source, color: random.pick(COLORS) };
  if (slug.endsWith("smart-resize"))
    return { image_url: source, targets: ["1080x1080", "1080x1350", "1920x1080"] };
  if (slug.endsWith("upscale/image"))
    return { image_url: source, scale: random.pick([2, 4]), face_enhancement: false };
  return { image_url: source, output_format: random.pick(["png", "webp"]) };
}

/** @param share of the requested work that was done; 1 for all */
export function makeOutput(model: DemoModel, input: Record<string, unknown>, share: number, random: Random) {
  const isVideo = model.kind === "text-to-video";
  const targets = Array.isArray(input["targets"])
    ? input["targets"].length
    : Number(input["num_images"] ?? 1);
  const count = share < 1 ? Math.max(1, Math.floor(targets * share)) : Math.max(1, Math.min(targets || 1, 8));
  const outputs = Array.from({ length: count }, () => ({
    url: `${HOST}/outputs/${random.hex(24)}.${isVideo ? "mp4" : "png"}`,
    type: isVideo ? "video" : "image",
  }));
  return { outputs, seed: null, timing: null, nsfw_detected: null };
}

/** What the provider charges, in US dollars as a decimal string. */
export function makeCost(model: DemoModel, random: Random): string {
  if (model.price !== null) return model.price;
  if (model.kind === "text-to-video") return (random.int(24, 88) / 100).toFixed(2);
  return model.slug.includes("upscale") ? random.pick(["0.05", "0.1", "0.2"]) : "0.06";
}

const FAILURES = [
  {
    weight: 30,
    code: "provider_timeout",
    message: "The provider did not finish within its own limit.",
    stage: "inference",
  },
  {
    weight: 26,
    code: "invalid_image",
    message: "The image at image_url could not be read.",
    stage: "prepare",
  },
  {
    weight: 18,
    code: "content_policy",
    message: "The content policy refused the prompt or the image.",
    stage: "moderation",
  },
  {
    weight: 14,
    code: "provider_error",
    message: "The provider returned an internal error.",
    stage: "inference",
  },
  { weight: 8, code: "out_of_memory", message: "The image is too large for the model.", stage: "inference" },
  { weight: 4, code: "upload_failed", message: "The result could not be stored.", stage: "upload" },
];

const PARTIAL = {
  code: "some_outputs_failed",
  message: "Some of the requested outputs failed.",
  stage: "inference",
};

export const makeFailure = (isPartial: boolean, random: Random) =>
  isPartial ? PARTIAL : random.weighted(FAILURES);

/** Of a hundred runs: how they end. */
const ENDS = [
  { weight: 92.6, status: "succeeded" },
  { weight: 5.3, status: "failed" },
  { weight: 2.1, status: "partial_succeeded" },
] as const;

export const makeEnd = (random: Random) => random.weighted(ENDS).status;

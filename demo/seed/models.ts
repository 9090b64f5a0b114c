/** The demo's models, with published prices in US dollars and published latency, queued to finished. */
export type DemoModel = {
  slug: string;
  kind: "text-to-image" | "image-to-image" | "text-to-video";
  /** Null if the provider charges by size. */
  price: string | null;
  p50Ms: number;
  p95Ms: number;
  /** Its share of the traffic. */
  weight: number;
};

const image = { kind: "image-to-image", p95Ms: 60_000 } as const;
const picture = { kind: "text-to-image", p95Ms: 30_000 } as const;

export const DEMO_MODELS: readonly DemoModel[] = [
  { ...image, slug: "runflow/background-removal", price: null, p50Ms: 8_000, weight: 26 },
  { ...image, slug: "runflow/background-replace", price: "0.35", p50Ms: 18_000, weight: 13 },
  { ...image, slug: "runflow/product-isolation", price: "0.27", p50Ms: 14_000, weight: 9 },
  { ...image, slug: "runflow/smart-resize", price: "0.55", p50Ms: 22_000, weight: 8 },
  { ...image, slug: "runflow/background-color", price: "0.12", p50Ms: 9_500, weight: 8 },
  { ...image, slug: "runflow/tag-removal", price: "0.14", p50Ms: 12_000, weight: 6 },
  { ...picture, slug: "google/nano-banana-2", price: "0.08", p50Ms: 5_500, weight: 12 },
  { ...picture, slug: "google/nano-banana-pro", price: "0.15", p50Ms: 11_000, weight: 7 },
  { ...image, slug: "bria/background/remove", price: "0.018", p50Ms: 8_500, weight: 5 },
  { ...image, slug: "topaz/upscale/image", price: null, p50Ms: 26_000, weight: 4 },
  {
    slug: "bytedance/seedance/2.0/fast/text-to-video",
    kind: "text-to-video",
    price: null,
    p50Ms: 110_000,
    p95Ms: 600_000,
    weight: 2,
  },
];

/** The demo's customers, all fictional. The first two own the demo's two inference keys, in order. */
export type DemoOrganization = {
  name: string;
  slug: string;
  /** Its share of the traffic. */
  weight: number;
  people: readonly string[];
  /** The prefix of its `client_ref`; a number follows. */
  refPrefix: string;
};

export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    name: "Nordlicht Studio",
    slug: "nordlicht",
    weight: 27,
    people: ["Hanna Brandt", "Jonas Wulff"],
    refPrefix: "shoot-",
  },
  {
    name: "Papaya Commerce",
    slug: "papaya",
    weight: 24,
    people: ["Luana Reis", "Diego Salgado"],
    refPrefix: "SKU",
  },
  { name: "Kestrel & Loom", slug: "kestrel-loom", weight: 16, people: ["Imogen Hale"], refPrefix: "kl_" },
  {
    name: "Tidewater Outfitters",
    slug: "tidewater",
    weight: 14,
    people: ["Marcus Boone", "Priya Raman"],
    refPrefix: "order-",
  },
  { name: "Atelier Minuit", slug: "atelier-minuit", weight: 9, people: ["Céline Faure"], refPrefix: "look/" },
  {
    name: "Marula Marketplace",
    slug: "marula",
    weight: 7,
    people: ["Thandi Mokoena"],
    refPrefix: "listing:",
  },
  { name: "Basalt Labs", slug: "basalt", weight: 3, people: ["Einar Jónsson"], refPrefix: "exp-" },
];

export const emailOf = (name: string, domain: string): string =>
  `${name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z]+/g, ".")}@${domain}`;

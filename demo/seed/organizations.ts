/** The demo's customers, all fictional. The first two own the demo's two inference keys, in order. */
export type DemoOrganization = {
  name: string;
  slug: string;
  /** Its share of the traffic. */
  weight: number;
  people: readonly string[];
  /** The prefix of its `client_ref`; a number follows. */
  refPrefix: string;
  /** The addresses of its servers, from the ranges for documentation. */
  addresses: readonly string[];
};

export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    name: "Nordlicht Studio",
    slug: "nordlicht",
    weight: 27,
    people: ["Hanna Brandt", "Jonas Wulff"],
    refPrefix: "shoot-",
    addresses: ["198.51.100.24", "198.51.100.25", "198.51.100.26"],
  },
  {
    name: "Papaya Commerce",
    slug: "papaya",
    weight: 24,
    people: ["Luana Reis", "Diego Salgado"],
    refPrefix: "SKU",
    addresses: ["203.0.113.140", "203.0.113.141"],
  },
  {
    name: "Kestrel & Loom",
    slug: "kestrel-loom",
    weight: 16,
    people: ["Imogen Hale"],
    refPrefix: "kl_",
    addresses: ["203.0.113.88", "203.0.113.89"],
  },
  {
    name: "Tidewater Outfitters",
    slug: "tidewater",
    weight: 14,
    people: ["Marcus Boone", "Priya Raman"],
    refPrefix: "order-",
    addresses: ["198.51.100.61"],
  },
  {
    name: "Atelier Minuit",
    slug: "atelier-minuit",
    weight: 9,
    people: ["Céline Faure"],
    refPrefix: "look/",
    addresses: ["198.51.100.102", "198.51.100.103"],
  },
  {
    name: "Marula Marketplace",
    slug: "marula",
    weight: 7,
    people: ["Thandi Mokoena"],
    refPrefix: "listing:",
    addresses: ["2001:db8:6d61::12", "2001:db8:6d61::13"],
  },
  {
    name: "Basalt Labs",
    slug: "basalt",
    weight: 3,
    people: ["Einar Jónsson"],
    refPrefix: "exp-",
    addresses: ["2001:db8:ba5a::2"],
  },
];

export const emailOf = (name: string, domain: string): string =>
  `${name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z]+/g, ".")}@${domain}`;

import { cx } from "@/components/ui/class-names";

const COLOR: Record<string, string> = {
  POST: "text-accent",
  PATCH: "text-warn",
  DELETE: "text-danger",
};

export const Method = ({ method }: { method: string }) => (
  <span className={cx("mono text-sm font-semibold", COLOR[method] ?? "text-success")}>{method}</span>
);

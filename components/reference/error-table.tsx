import type { OperationPage } from "@/lib/contract/reference/read-document";
import { RichText } from "./rich-text";

const CELL = "px-4 py-1.5 align-top max-md:block max-md:p-0";

export function ErrorTable({ errors }: Pick<OperationPage, "errors">) {
  const rows = errors.flatMap(({ status, codes }) => codes.map((code) => ({ status, ...code })));
  return (
    <table aria-label="Errors" className="w-full table-fixed text-left max-md:block">
      <thead className="text-ink-muted text-sm max-md:sr-only">
        <tr>
          <th className="w-20 px-4 py-1.5 font-medium">Status</th>
          <th className="w-[42%] px-4 py-1.5 font-medium">Code</th>
          <th className="px-4 py-1.5 font-medium">Message</th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map(({ status, code, text }) => (
          <tr key={code} className="border-t max-md:block max-md:px-4 max-md:py-2">
            <td className={CELL}>{status}</td>
            <td className={`${CELL} wrap-anywhere`}>
              <code className="mono">{code}</code>
            </td>
            <td className={`${CELL} text-ink-muted`}>
              <RichText text={text} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

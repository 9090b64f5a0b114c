import Link from "next/link";
import { ListEmpty } from "@/components/ui/list-empty";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";

type Props = {
  problem: "expression" | "cursor" | undefined;
  hasFilters: boolean;
  /** The only filter, where it is nothing but an expression: what was looked up becomes one. */
  q: string | undefined;
  /** Customers that are called nearly so. */
  alike: readonly { slug: string; name: string }[];
};

const FAULTY = {
  title: "The expression can’t be answered",
  hint: "The error is shown below the box. Correct it and press Enter.",
};

export function RunsEmpty({ problem, hasFilters, q = "", alike }: Props) {
  return (
    <ListEmpty
      problem={problem === "expression" ? "filter" : problem}
      hasFilters={hasFilters}
      one="run"
      all={{ href: paths.runs(), text: "Show all runs" }}
      faulty={FAULTY}
      unmatched={
        <>
          {alike.length > 0 && (
            <span className="mb-1 block">
              Did you mean{" "}
              {alike.map(({ slug, name }, at) => (
                <span key={slug}>
                  {at > 0 && (at === alike.length - 1 ? " or " : ", ")}
                  <Link href={paths.runs({ org: slug })} className="text-accent underline">
                    <StoredText>{name}</StoredText>
                  </Link>
                </span>
              ))}
              ?
            </span>
          )}
          {explainNone(q)}
        </>
      }
      title="No runs yet"
    >
      Runs of the customers in your reach appear here as soon as one is created. If you expected some, ask an
      admin which customers your account reaches.
    </ListEmpty>
  );
}

/** A name that nobody bears ends as a client ref; whoever looked it up has not heard of those. */
function explainNone(q: string): string {
  if (q.startsWith("client_ref:"))
    return (
      "No run in your reach has this client ref. Look a customer up by name, a person by the whole e-mail address, a " +
      "run by its id or request id, and check what you pasted for a missing character."
    );
  if (q.startsWith("request_id:"))
    return "No run in your reach has this request id. Check it for a missing character.";
  return "Take a filter off, or look the run up by its id: an id is found whatever the filters say.";
}

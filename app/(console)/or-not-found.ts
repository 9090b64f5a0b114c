import { notFound } from "next/navigation";
import type { ErrorCode } from "@/lib/contract/errors";
import { Refusal } from "@/lib/platform/errors";

/** Shows the not-found page where the API would answer with this code. */
export async function orNotFound<T>(code: ErrorCode, find: Promise<T>): Promise<T> {
  try {
    return await find;
  } catch (error) {
    if (error instanceof Refusal && error.code === code) notFound();
    throw error;
  }
}

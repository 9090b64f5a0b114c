"use client";

import { useMutation } from "@tanstack/react-query";
import { startTotp } from "./factors";
import { useSecretEnd } from "./use-secret-end";

/** A secret for an authenticator app; it leaves the page when nobody is looking. */
export function useTotpSetup() {
  // It changes nothing on the page, and after a reset nothing keeps the secret.
  const setup = useMutation({ mutationFn: startTotp, networkMode: "always", gcTime: 0 });
  useSecretEnd(setup.data !== undefined, setup.reset);
  return setup;
}

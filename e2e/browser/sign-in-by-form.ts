import type { Page } from "@playwright/test";
import { TEST_PASSWORD, type Person } from "@/test/credentials";

/** Fills in the sign-in page that is open. */
export async function signInByForm(page: Page, { email }: Pick<Person, "email">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(TEST_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

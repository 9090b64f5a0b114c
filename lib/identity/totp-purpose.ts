/** Binds the sealed secret of an authenticator app to its person. */
export const totpPurpose = (personId: string): string => `totp/${personId}`;

export type WebhookName = {
  id: string;
  description: string | null;
  isEnabled: boolean;
  isDeleted: boolean;
};

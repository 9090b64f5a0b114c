import {
  exportAuditLogOperation,
  getAuditEntryOperation,
  listAuditEntriesOperation,
  streamAuditLogOperation,
} from "./audit";
import {
  listAuditKeysOperation,
  listCheckpointsOperation,
  requestCheckpointOperation,
} from "./audit-checkpoints";
import { listAuditForwardingOperation } from "./audit-forwarding";
import { getAuditEntryProofOperation } from "./audit-proof";
import { getBalanceOperation } from "./billing";
import {
  abortCancellationBatchOperation,
  changeCancellationBatchOperation,
  getCancellationBatchOperation,
  getCancellationReceiptOperation,
  listCancellationBatchesOperation,
  listCancellationBatchItemsOperation,
  planCancellationBatchOperation,
  retryCancellationBatchOperation,
  startCancellationBatchOperation,
} from "./cancellation-batches";
import { reportLeakedKeyOperation } from "./leaked-keys";
import {
  createCallbackSecretOperation,
  disableCallbackSecretOperation,
  listCallbackSecretsOperation,
  promoteCallbackSecretOperation,
} from "./callback-secrets";
import {
  getDeliveryOperation,
  getRunCallbackOperation,
  listDeliveriesOperation,
  listDeliveryAttemptsOperation,
  redeliverCallbackOperation,
  redeliverOperation,
} from "./deliveries";
import {
  claimKeyOperation,
  createKeyLinkOperation,
  createKeyOperation,
  getKeyActivityOperation,
  getKeyOperation,
  listKeyOwnersOperation,
  listKeysOperation,
  resumeKeyOperation,
  revokeKeyOperation,
  suspendKeyOperation,
} from "./keys";
import { getMeOperation } from "./identity";
import {
  countStuckRunsOperation,
  listModelsOperation,
  listStuckRunsOperation,
  updateModelOperation,
} from "./models";
import { lookUpOperation } from "./look-up";
import type { Operation } from "./operation";
import { getOrganizationOperation, listOrganizationsOperation } from "./organizations";
import { revealPayloadOperation } from "./payloads";
import {
  changePasswordOperation,
  disablePersonOperation,
  dismissPasswordNoticeOperation,
  getPersonCredentialsOperation,
  enablePersonOperation,
  getPersonOperation,
  invitePersonOperation,
  listPeopleOperation,
  renewInvitationOperation,
  setPasswordOperation,
  updatePersonOperation,
} from "./people";
import { applyProviderEventOperation } from "./provider";
import {
  cancelRunOperation,
  createRunOperation,
  getRunOperation,
  listAdminRunsOperation,
  listRunsOperation,
  listRunStatusesOperation,
} from "./runs";
import { listSecurityEventsOperation } from "./security";
import {
  endOtherSessionsOperation,
  endSessionOperation,
  listSessionsOperation,
  reportActivityOperation,
  stepUpOperation,
} from "./sessions";
import {
  createWebhookOperation,
  deleteWebhookOperation,
  getWebhookOperation,
  listEventTypesOperation,
  listWebhooksOperation,
  resumeWebhookOperation,
  testWebhookOperation,
  updateWebhookOperation,
} from "./webhooks";
import {
  countViewOperation,
  createViewOperation,
  deleteViewOperation,
  listViewsOperation,
  updateViewOperation,
} from "./views";
import { getHealthOperation, getOpenApiOperation, getReadinessOperation } from "./system";

/** Every operation of the API, in the order of the reference. */
export const OPERATIONS: readonly Operation[] = [
  cancelRunOperation,
  planCancellationBatchOperation,
  listCancellationBatchesOperation,
  getCancellationBatchOperation,
  changeCancellationBatchOperation,
  startCancellationBatchOperation,
  abortCancellationBatchOperation,
  retryCancellationBatchOperation,
  listCancellationBatchItemsOperation,
  getCancellationReceiptOperation,
  revealPayloadOperation,
  listAdminRunsOperation,
  listStuckRunsOperation,
  countStuckRunsOperation,
  listModelsOperation,
  updateModelOperation,
  listAuditEntriesOperation,
  exportAuditLogOperation,
  streamAuditLogOperation,
  getAuditEntryOperation,
  getAuditEntryProofOperation,
  listCheckpointsOperation,
  requestCheckpointOperation,
  listAuditKeysOperation,
  listAuditForwardingOperation,
  listSecurityEventsOperation,
  listKeysOperation,
  createKeyOperation,
  createKeyLinkOperation,
  claimKeyOperation,
  listKeyOwnersOperation,
  getKeyOperation,
  getKeyActivityOperation,
  suspendKeyOperation,
  resumeKeyOperation,
  revokeKeyOperation,
  reportLeakedKeyOperation,
  listPeopleOperation,
  invitePersonOperation,
  getPersonOperation,
  updatePersonOperation,
  getPersonCredentialsOperation,
  disablePersonOperation,
  dismissPasswordNoticeOperation,
  enablePersonOperation,
  renewInvitationOperation,
  listOrganizationsOperation,
  getOrganizationOperation,
  lookUpOperation,
  listViewsOperation,
  createViewOperation,
  updateViewOperation,
  deleteViewOperation,
  countViewOperation,
  createRunOperation,
  listRunsOperation,
  listRunStatusesOperation,
  getRunOperation,
  getRunCallbackOperation,
  redeliverCallbackOperation,
  listWebhooksOperation,
  createWebhookOperation,
  listEventTypesOperation,
  getWebhookOperation,
  updateWebhookOperation,
  deleteWebhookOperation,
  testWebhookOperation,
  resumeWebhookOperation,
  listDeliveriesOperation,
  getDeliveryOperation,
  listDeliveryAttemptsOperation,
  redeliverOperation,
  listCallbackSecretsOperation,
  createCallbackSecretOperation,
  promoteCallbackSecretOperation,
  disableCallbackSecretOperation,
  getBalanceOperation,
  getMeOperation,
  stepUpOperation,
  reportActivityOperation,
  listSessionsOperation,
  endSessionOperation,
  endOtherSessionsOperation,
  setPasswordOperation,
  changePasswordOperation,
  applyProviderEventOperation,
  getHealthOperation,
  getReadinessOperation,
  getOpenApiOperation,
];

import { getAuditEntryOperation, listAuditEntriesOperation } from "./audit";
import { getBalanceOperation } from "./billing";
import { getMeOperation } from "./identity";
import type { Operation } from "./operation";
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
import { getHealthOperation, getOpenApiOperation, getReadinessOperation } from "./system";

/** Every operation of the API, in the order in which the reference shows them. */
export const OPERATIONS: readonly Operation[] = [
  cancelRunOperation,
  listAdminRunsOperation,
  listAuditEntriesOperation,
  getAuditEntryOperation,
  listSecurityEventsOperation,
  createRunOperation,
  listRunsOperation,
  listRunStatusesOperation,
  getRunOperation,
  getBalanceOperation,
  getMeOperation,
  applyProviderEventOperation,
  getHealthOperation,
  getReadinessOperation,
  getOpenApiOperation,
];
